"""Words of libraries that come without Vietnamese: named here, so that our catalogue holds them.

django-allauth builds these into its forms and errors; its own pages and mails are rewritten in templates/. Nothing
imports this module.
"""

from django.utils.translation import gettext_noop as _

FIELDS = (
    _("Username"),
    _("Email"),
    _("Email address"),
    _("Password"),
    _("Password (again)"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("Remember Me"),
    _("Code"),
    _("Authenticator code"),
    _("Recovery codes"),
)

ANSWERS = (
    _("The username and/or password you specified are not correct."),
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("Be patient, you are sending too many requests."),
    _("This account is currently inactive."),
    _("Invalid login."),
    _("Invalid or expired key."),
    _("Invalid token."),
    _("The password reset token was invalid."),
    _("The email address is not assigned to any user account."),
    _("This email address is already associated with this account."),
    _("A user is already registered with this email address."),
    _("You cannot remove your primary email address."),
    _("You cannot add more than %d email addresses."),
    _("Your primary email address must be verified."),
    _("Please type your current password."),
    _("Incorrect password."),
    _("Incorrect code."),
    _("You must type the same password each time."),
    _("The new value must be different from the current one."),
    _("Please select only one."),
    _("Username can not be used. Please use other username."),
    _("Your account has no password set up."),
    _("Your account has no verified email address."),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
    _("You cannot add an email address to an account protected by two-factor authentication."),
    _("Use your password"),
    _("Use authenticator app or code"),
)
