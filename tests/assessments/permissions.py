"""Who gets what at every address: the tables that `test_permissions.py` walks. A new address needs its lines here.

Each cell says what comes back: a status; `login` leads to signing in, `on` leads anywhere else. One cell for a line is
for everybody. A method without a line is refused: 405, or `login` to whoever is not signed in.
"""

ROLES = ("anonymous", "outsider", "viewer", "contributor", "assigned", "lead", "owner", "staff")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

# What is sent to a form: all that it asks for, so that it would be stored. Other forms are sent empty.
SENT: dict[str, dict[str, str]] = {
    "set_up": {"organisation": "New", "name": "New"},
    "preferences": {"name": "uses_digit_keys", "is_on": "off"},
    "organisation": {"name": "New"},
    "site_new": {"name": "New"},
    "site": {"name": "New"},
    "member": {"role": "lead", "where": "all"},
    "member_remove": {"confirmed": "on"},
    "member_leave": {"confirmed": "on"},
    "member_invite": {"email": "new@people.example", "role": "owner", "where": "all"},
    "deletion": {"name": "{organisation}", "confirmed": "on"},
    "server_access": {"email": "staff@server.example", "duration": "day"},
    "new": {"site": "{site_id}", "title": "New", "period": "New"},
    "edit": {"title": "New", "period": "New"},
    "delete": {"confirmed": "on"},
    "confirm": {"version": "1"},
    "history": {"seen": "1", "version": "1"},
    "round_new": {"mode": "named"},
    "round_deadline": {"round": "{round}", "deadline": ""},
    "round_close": {"round": "{round}"},
    "round_compare": {"round": "{round}", "confirmed": "on"},
    "rater_invite": {"round": "{round}", "name": "New", "function": "quality", "areas": "PQS"},
    "raters_remind": {"round": "{round}"},
    "rater_withdraw": {"confirmed": "on"},
    "sharing": {"purpose": "New", "days": "30"},
    "account_name": {"name": "New"},
    "sign_off_rules": {"needs_approved": "on"},
    "rate_done": {"done": "yes"},
}

# Taking these away is noted in the audit trail, and looking at the trail seals it; no other page changes anything by
# being looked at.
LOGGED = {"report_pdf", "report_json", "report_csv", "report_xlsx", "report_docx", "workbook"}
LOGGED |= {"trail", "trail_csv", "trail_pdf"}

# By who is signed in. Of the two contributors, one has the practice area of the addresses assigned.
BY_ACCOUNT = """
address                              method  anonymous outsider viewer contributor assigned lead owner staff
benchmarks:cohort                    GET     200
benchmarks:cohort_csv                GET     200
benchmarks:cohort_json               GET     200
home                                 GET     200
healthz                              GET     200
set_up                               GET     login     on       on     on          on       on   on    200
set_up                               POST    login     on       on     on          on       on   on    on
preferences                          POST    login     on       on     on          on       on   on    on
organisations                        GET     login     200      200    200         200      200  200   on
organisation                         GET     login     404      404    404         404      404  200   404
organisation                         POST    login     404      404    404         404      404  on    404
second_factor                        GET     login     404      404    404         404      404  200   404
second_factor                        POST    login     404      404    404         404      404  on    404
site_new                             GET     login     404      404    404         404      404  200   404
site_new                             POST    login     404      404    404         404      404  on    404
sign_off_rules                       GET     login     404      404    404         404      404  200   404
sign_off_rules                       POST    login     404      404    404         404      404  on    404
people                               GET     login     404      200    200         200      200  200   404
member_invite                        GET     login     404      404    404         404      404  on    404
member_invite                        POST    login     404      404    404         404      404  on    404
member_invitation_withdraw           GET     login     404      404    404         404      404  on    404
member_invitation_withdraw           POST    login     404      404    404         404      404  on    404
member_leave                         GET     login     404      200    200         200      200  200   404
member_leave                         POST    login     404      on     on          on       on   422   404
member                               GET     login     404      404    404         404      404  200   404
member                               POST    login     404      404    404         404      404  on    404
member_remove                        GET     login     404      404    404         404      404  200   404
member_remove                        POST    login     404      404    404         404      404  on    404
archive                              GET     login     404      404    404         404      404  200   404
archive_zip                          GET     login     404      404    404         404      404  on    404
archive_zip                          POST    login     404      404    404         404      404  200   404
server_access                        GET     login     404      404    404         404      404  200   404
server_access                        POST    login     404      404    404         404      404  on    404
server_access_end                    GET     login     404      404    404         404      404  on    404
server_access_end                    POST    login     404      404    404         404      404  on    404
trail                                GET     login     404      404    404         404      200  200   404
trail_csv                            GET     login     404      404    404         404      200  200   404
trail_pdf                            GET     login     404      404    404         404      200  200   404
deletion                             GET     login     404      404    404         404      404  200   404
deletion                             POST    login     404      404    404         404      404  on    404
deletion_stop                        GET     login     404      404    404         404      404  on    404
deletion_stop                        POST    login     404      404    404         404      404  on    404
deletion_receipts                    GET     login     200      200    200         200      200  200   200
site                                 GET     login     404      404    404         404      404  200   404
site                                 POST    login     404      404    404         404      404  on    404
blank_pdf                            GET     login     200      200    200         200      200  200   200
list                                 GET     login     200      200    200         200      200  200   on
new                                  GET     login     200      on     on          on       200  200   on
new                                  POST    login     422      on     on          on       on   on    on
overview                             GET     login     404      200    200         200      200  200   404
edit                                 GET     login     404      404    404         404      200  200   404
edit                                 POST    login     404      404    404         404      on   on    404
delete                               GET     login     404      404    404         404      404  200   404
delete                               POST    login     404      404    404         404      404  on    404
assign                               GET     login     404      404    404         404      200  200   404
assign                               POST    login     404      404    404         404      on   on    404
continue                             GET     login     404      on     on          on       on   on    404
save                                 POST    403       404      404    404         422      422  422   404
confirm                              POST    login     404      404    404         on       on   on    404
history                              GET     login     404      200    200         200      200  200   404
history                              POST    login     404      404    404         on       on   on    404
raters                               GET     login     404      404    404         404      200  200   404
round_new                            GET     login     404      404    404         404      on   on    404
round_new                            POST    login     404      404    404         404      409  409   404
round_deadline                       GET     login     404      404    404         404      on   on    404
round_deadline                       POST    login     404      404    404         404      on   on    404
round_close                          GET     login     404      404    404         404      on   on    404
round_close                          POST    login     404      404    404         404      on   on    404
round_reopen                         GET     login     404      404    404         404      on   on    404
round_reopen                         POST    login     404      404    404         404      409  409   404
comparison                           GET     login     404      404    404         404      200  200   404
round_compare                        GET     login     404      404    404         404      200  200   404
round_compare                        POST    login     404      404    404         404      409  409   404
rater_invite                         GET     login     404      404    404         404      on   on    404
rater_invite                         POST    login     404      404    404         404      on   on    404
raters_remind                        GET     login     404      404    404         404      on   on    404
raters_remind                        POST    login     404      404    404         404      on   on    404
rater_remind                         GET     login     404      404    404         404      on   on    404
rater_remind                         POST    login     404      404    404         404      on   on    404
rater_renew                          GET     login     404      404    404         404      on   on    404
rater_renew                          POST    login     404      404    404         404      on   on    404
rater_withdraw                       GET     login     404      404    404         404      200  200   404
rater_withdraw                       POST    login     404      404    404         404      on   on    404
sharing                              GET     login     404      404    404         404      404  200   404
sharing                              POST    login     404      404    404         404      404  on    404
sharing_withdraw                     GET     login     404      404    404         404      404  on    404
sharing_withdraw                     POST    login     404      404    404         404      404  on    404
signatures                           GET     login     404      200    200         200      200  200   404
signed_data                          GET     login     404      on     on          on       on   on    404
review_send                          GET     login     404      404    404         404      200  200   404
review_send                          POST    login     404      404    404         404      409  409   404
review_return                        GET     login     404      404    404         404      on   on    404
review_return                        POST    login     404      404    404         404      422  422   404
sign                                 GET     login     404      404    404         404      on   on    404
sign                                 POST    login     404      404    404         404      409  409   404
revise                               GET     login     404      404    404         404      on   on    404
revise                               POST    login     404      404    404         404      422  422   404
report                               GET     login     404      200    200         200      200  200   404
report_pdf                           GET     login     404      200    200         200      200  200   404
report_json                          GET     login     404      200    200         200      200  200   404
report_csv                           GET     login     404      200    200         200      200  200   404
report_xlsx                          GET     login     404      200    200         200      200  200   404
report_docx                          GET     login     404      200    200         200      200  200   404
workbook                             GET     login     404      200    200         200      200  200   404
workbook_import                      GET     login     404      404    404         404      200  200   404
workbook_import                      POST    login     404      404    404         404      422  422   404
questionnaire_pdf                    GET     login     404      200    200         200      200  200   404
area                                 GET     login     404      200    200         200      200  200   404
area                                 POST    403       404      404    404         422      422  422   404
account_login                        GET     200       on       on     on          on       on   on    on
account_login                        POST    422
account_logout                       GET     on        200      200    200         200      200  200   200
account_logout                       POST    on
account_inactive                     GET     200
account_signup                       GET     200       on       on     on          on       on   on    on
account_signup                       POST    422       on       on     on          on       on   on    on
account_name                         GET     login     200      200    200         200      200  200   200
account_name                         POST    login     on       on     on          on       on   on    on
account_email_verification_sent      GET     200
account_confirm_email                GET     200
account_confirm_email                POST    404
account_change_password              GET     login     200      200    200         200      200  200   200
account_change_password              POST    login     422      422    422         422      422  422   422
account_set_password                 GET     login     on       on     on          on       on   on    on
account_set_password                 POST    login     on       on     on          on       on   on    on
account_reset_password               GET     200
account_reset_password               POST    422
account_reset_password_done          GET     200
account_reset_password_from_key_done GET     200
account_reset_password_from_key      GET     200
account_reset_password_from_key      POST    422
account_reauthenticate               GET     login     200      200    200         200      200  200   200
account_reauthenticate               POST    login     422      422    422         422      422  422   422
account_sessions                     GET     login     200      200    200         200      200  200   200
account_sessions_end_others          POST    login     on       on     on          on       on   on    on
account_session_end                  POST    login     on       on     on          on       on   on    on
openid_connect_login                 POST    404
openid_connect_callback              GET     404
mfa_index                            GET     login     200      200    200         200      200  200   200
mfa_authenticate                     GET     login     on       on     on          on       on   on    on
mfa_authenticate                     POST    login     on       on     on          on       on   on    on
mfa_reauthenticate                   GET     login     on       on     on          on       on   on    on
mfa_reauthenticate                   POST    login     on       on     on          on       on   on    on
mfa_activate_totp                    GET     login     on       on     on          on       on   on    on
mfa_activate_totp                    POST    login     on       on     on          on       on   on    on
mfa_deactivate_totp                  GET     login     404      404    404         404      404  404   404
mfa_deactivate_totp                  POST    login     404      404    404         404      404  404   404
mfa_view_recovery_codes              GET     login     404      404    404         404      404  404   404
mfa_generate_recovery_codes          GET     login     on       on     on          on       on   on    on
mfa_generate_recovery_codes          POST    login     on       on     on          on       on   on    on
mfa_download_recovery_codes          GET     login     404      404    404         404      404  404   404
mfa_download_recovery_codes          POST    login     404      404    404         404      404  404   404
mfa_login_webauthn                   GET     404
mfa_login_webauthn                   POST    404
mfa_add_webauthn                     GET     404
mfa_add_webauthn                     POST    404
mfa_reauthenticate_webauthn          GET     404
mfa_reauthenticate_webauthn          POST    404
mfa_edit_webauthn                    GET     login     on       on     on          on       on   on    on
mfa_edit_webauthn                    POST    login     on       on     on          on       on   on    on
mfa_remove_webauthn                  GET     login     on       on     on          on       on   on    on
mfa_remove_webauthn                  POST    login     on       on     on          on       on   on    on
"""

# By the link or the browser in which a rater began: whoever holds it gets the first cell, signed in or not and as
# whoever; everybody else the second. A link that is wrong and one that never was are answered alike.
BY_LINK = """
address                              method  holds without
invitation                           GET     200   404
invitation                           POST    403   404
deletion_receipt                     GET     200   404
rate                                 GET     200   404
rate_done                            POST    on    404
rate_device                          POST    on    404
rate_address                         POST    on    404
rate_save                            POST    422   404
rate_area                            GET     200   404
rate_area                            POST    422   404
rate_lost                            GET     200   404
rate_lost                            POST    200   404
rate_link                            GET     200   404
rate_link                            POST    on    404
rate_new_link                        POST    on    404
shared_report                        GET     200   404
shared_pdf                           GET     200   404
shared_elsewhere                     GET     404   404
"""
