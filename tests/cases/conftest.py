"""What the tests of cases share."""

import pytest

from caseupdates.cases.models import Group
from caseupdates.cases.opening import Facts
from caseupdates.people.models import Permission, RolePermission


@pytest.fixture
def facts(firm):
    """What somebody typed into "New Case": `facts(number="2026-0200")` types something else there."""

    def typed(**other):
        fields = {"number": "2026-0152", "title": "Stock counts", "case_type": "Audit", "client_id": firm.meridian.id}
        return Facts(**{**fields, **other})

    return typed


@pytest.fixture
def limited(firm):
    """A case manager who sees only the cases they are assigned to; this one."""
    person = firm.person("Limited M.", "Case Manager")
    firm.assign(person, Group.ADDITIONAL_EMPLOYEE)
    return person


@pytest.fixture
def entitled_client(session, firm):
    """The client, with a role that carries "assign users": worth nothing to a contact."""
    firm.client.role.grants.append(RolePermission(role_id=firm.client.role_id, permission=Permission.ASSIGN_USERS))
    session.flush()
    return firm.client
