from unittest import mock

from django.contrib.staticfiles.storage import StaticFilesStorage

from config.statics import HashedStorage, PlainStorage


def test_an_address_is_worked_out_once_and_each_file_has_its_own():
    storage = PlainStorage()
    with mock.patch.object(
        StaticFilesStorage, "url", autospec=True, side_effect=lambda _self, name: f"/s/{name}"
    ) as url:
        assert [storage.url(name) for name in ("a.css", "b.css", "a.css")] == ["/s/a.css", "/s/b.css", "/s/a.css"]
    assert url.call_count == 2


def test_what_carries_a_hash_is_remembered_too():
    storage = HashedStorage()
    storage.hashed_files = {storage.hash_key("a.css"): "a.0123456789ab.css"}
    assert storage.url("a.css").endswith("a.0123456789ab.css")
    storage.hashed_files = {}
    assert storage.url("a.css").endswith("a.0123456789ab.css")
