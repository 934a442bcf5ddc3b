import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_a_real_postgresql_18():
    assert connection.pg_version >= 180000
