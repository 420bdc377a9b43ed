"""What each permission means, in plain words."""

from caseupdates.people.models import Permission

MEANINGS = {
    Permission.CREATE_UPDATES: "Write updates on their cases, reply to them, and edit their own.",
    Permission.VALIDATE_UPDATES: "Authorise an update, so that it can be sent. Also edit what others wrote.",
    Permission.SEND_UPDATES: "Send validated updates to recipients; undo, recall, renew and revoke.",
    Permission.ASSIGN_USERS: "Open cases, and put people on them or take them off.",
    Permission.UPLOAD_FILES: "Add files to updates and cases.",
    Permission.VIEW_HISTORY: "See who did what and when on their cases.",
    Permission.MANAGE_SETTINGS: "Everything under Settings: people, roles, access groups, template, the firm.",
}
