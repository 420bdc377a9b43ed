<%!
def uncommented(code):
    return "\n".join(line for line in code.split("\n") if not line.strip().startswith("# ###")).strip()
%>"""${message.capitalize()}."""

import sqlalchemy as sa
from alembic import op
${imports + "\n" if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${uncommented(upgrades) or "pass"}


def downgrade() -> None:
    ${uncommented(downgrades) or "pass"}
