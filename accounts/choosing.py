"""Form fields in which people and units are chosen."""

from __future__ import annotations

from typing import Any

from django import forms


class PersonField(forms.ModelChoiceField):
    """A person, told apart by post and unit."""

    def label_from_instance(self, obj: Any) -> str:
        post = ", ".join(filter(None, [obj.position, obj.unit.name if obj.unit else ""]))
        return f"{obj} ({post})" if post else str(obj)


class PeopleField(PersonField, forms.ModelMultipleChoiceField):
    """Several people."""


class UnitField(forms.ModelChoiceField):
    """A unit by its full name."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.name


class UnitsField(UnitField, forms.ModelMultipleChoiceField):
    """Several units."""
