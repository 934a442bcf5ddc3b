import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_stranger_is_led_to_the_sign_in_and_no_policy_is_broken(open_page):
    page = open_page()
    page.goto("/styleguide/")
    assert page.url.endswith("/accounts/login/?next=/styleguide/")
