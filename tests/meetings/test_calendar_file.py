import datetime as dt

from meetings.calendar_file import Event, calendar

EVENT = Event(
    uid="meeting-7@example.org",
    sequence=2,
    title="Họp, cho ý kiến; dự thảo \\ lần 2\nNgày hai",
    starts_at=dt.datetime(2026, 11, 5, 14, 0, tzinfo=dt.timezone(dt.timedelta(hours=7))),
    ends_at=None,
    stamp=dt.datetime(2026, 11, 1, 1, 2, 3, tzinfo=dt.UTC),
    place="Phòng họp số 1, " * 20,
    address="https://example.org/meetings/7/",
    organizer=('Nguyễn "Văn" A', "a@example.org"),
    attendee=("Trần B", "b@example.org"),
)


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def test_a_program_reads_time_name_and_place():
    lines = unfolded(calendar([EVENT], method="REQUEST"))
    assert lines[:4] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Góp ý dự thảo//Cuộc họp//VI", "METHOD:REQUEST"]
    assert {"UID:meeting-7@example.org", "SEQUENCE:2", "DTSTART:20261105T070000Z", "STATUS:CONFIRMED"} <= set(lines)
    assert "SUMMARY:Họp\\, cho ý kiến\\; dự thảo \\\\ lần 2\\nNgày hai" in lines
    assert 'ORGANIZER;CN="Nguyễn Văn A":mailto:a@example.org' in lines
    assert not any(line.startswith("DTEND") for line in lines)
    assert "STATUS:CANCELLED" in unfolded(calendar([EVENT], method="CANCEL"))


def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut():
    text = calendar([EVENT], method="PUBLISH")
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert f"LOCATION:{EVENT.place}".replace(",", "\\,") in unfolded(text)


def test_nothing_typed_begins_a_line_of_its_own():
    lines = unfolded(calendar([EVENT], method="REQUEST"))
    assert not [line for line in lines if line.startswith("Ngày")]
