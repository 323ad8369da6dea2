# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

# One program a module.

check_PROGRAMS += tests/unit/base-quote
tests_unit_base_quote_SOURCES = tests/unit/base-quote.c
tests_unit_base_quote_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/model-identity
tests_unit_model_identity_SOURCES = tests/unit/model-identity.c
tests_unit_model_identity_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/model-posix-acl
tests_unit_model_posix_acl_SOURCES = tests/unit/model-posix-acl.c
tests_unit_model_posix_acl_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/access-posix
tests_unit_access_posix_SOURCES = tests/unit/access-posix.c
tests_unit_access_posix_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/access-explain
tests_unit_access_explain_SOURCES = tests/unit/access-explain.c
tests_unit_access_explain_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/least-grant
tests_unit_least_grant_SOURCES = tests/unit/least-grant.c
tests_unit_least_grant_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/explain-path
tests_unit_explain_path_SOURCES = tests/unit/explain-path.c
tests_unit_explain_path_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/explain-descriptor
tests_unit_explain_descriptor_SOURCES = tests/unit/explain-descriptor.c
tests_unit_explain_descriptor_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/repair-guard
tests_unit_repair_guard_SOURCES = tests/unit/repair-guard.c
tests_unit_repair_guard_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/repair-grant
tests_unit_repair_grant_SOURCES = tests/unit/repair-grant.c
tests_unit_repair_grant_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/repair-plan
tests_unit_repair_plan_SOURCES = tests/unit/repair-plan.c
tests_unit_repair_plan_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/journal-format
tests_unit_journal_format_SOURCES = tests/unit/journal-format.c
tests_unit_journal_format_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/apply-undo
tests_unit_apply_undo_SOURCES = tests/unit/apply-undo.c
tests_unit_apply_undo_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/policy-glob
tests_unit_policy_glob_SOURCES = tests/unit/policy-glob.c
tests_unit_policy_glob_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/policy-profile
tests_unit_policy_profile_SOURCES = tests/unit/policy-profile.c
tests_unit_policy_profile_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/report-commands
tests_unit_report_commands_SOURCES = tests/unit/report-commands.c
tests_unit_report_commands_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/report-text
tests_unit_report_text_SOURCES = tests/unit/report-text.c
tests_unit_report_text_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/report-formats
tests_unit_report_formats_SOURCES = tests/unit/report-formats.c
tests_unit_report_formats_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/policy-builtin
tests_unit_policy_builtin_SOURCES = tests/unit/policy-builtin.c
tests_unit_policy_builtin_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/policy-moved
tests_unit_policy_moved_SOURCES = tests/unit/policy-moved.c
tests_unit_policy_moved_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/policy-detect
tests_unit_policy_detect_SOURCES = tests/unit/policy-detect.c
tests_unit_policy_detect_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/policy-scope
tests_unit_policy_scope_SOURCES = tests/unit/policy-scope.c
tests_unit_policy_scope_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/sid
tests_unit_sid_SOURCES = tests/unit/sid.c
tests_unit_sid_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/security-descriptor
tests_unit_security_descriptor_SOURCES = tests/unit/security-descriptor.c
tests_unit_security_descriptor_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/sddl
tests_unit_sddl_SOURCES = tests/unit/sddl.c
tests_unit_sddl_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/access-windows
tests_unit_access_windows_SOURCES = tests/unit/access-windows.c
tests_unit_access_windows_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/windows-inherit
tests_unit_windows_inherit_SOURCES = tests/unit/windows-inherit.c
tests_unit_windows_inherit_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/windows-least
tests_unit_windows_least_SOURCES = tests/unit/windows-least.c
tests_unit_windows_least_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/base-path
tests_unit_base_path_SOURCES = tests/unit/base-path.c
tests_unit_base_path_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/snapshot-dump
tests_unit_snapshot_dump_SOURCES = tests/unit/snapshot-dump.c
tests_unit_snapshot_dump_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/access-judge
tests_unit_access_judge_SOURCES = tests/unit/access-judge.c
tests_unit_access_judge_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/windows-plan
tests_unit_windows_plan_SOURCES = tests/unit/windows-plan.c
tests_unit_windows_plan_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/iis-xml
tests_unit_iis_xml_SOURCES = tests/unit/iis-xml.c
tests_unit_iis_xml_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/iis-config
tests_unit_iis_config_SOURCES = tests/unit/iis-config.c
tests_unit_iis_config_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/iis-whose
tests_unit_iis_whose_SOURCES = tests/unit/iis-whose.c
tests_unit_iis_whose_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/iis-status
tests_unit_iis_status_SOURCES = tests/unit/iis-status.c
tests_unit_iis_status_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/log-iis
tests_unit_log_iis_SOURCES = tests/unit/log-iis.c
tests_unit_log_iis_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/audit-worker
tests_unit_audit_worker_SOURCES = tests/unit/audit-worker.c
tests_unit_audit_worker_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/samba-xattr
tests_unit_samba_xattr_SOURCES = tests/unit/samba-xattr.c
tests_unit_samba_xattr_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/iis-files
tests_unit_iis_files_SOURCES = tests/unit/iis-files.c
tests_unit_iis_files_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/win32-text
tests_unit_win32_text_SOURCES = tests/unit/win32-text.c
tests_unit_win32_text_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/audit-in-use
tests_unit_audit_in_use_SOURCES = tests/unit/audit-in-use.c
tests_unit_audit_in_use_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/guarded-windows
tests_unit_guarded_windows_SOURCES = tests/unit/guarded-windows.c
tests_unit_guarded_windows_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/undo-new-windows
tests_unit_undo_new_windows_SOURCES = tests/unit/undo-new-windows.c
tests_unit_undo_new_windows_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/windows-trust
tests_unit_windows_trust_SOURCES = tests/unit/windows-trust.c
tests_unit_windows_trust_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/guard-windows
tests_unit_guard_windows_SOURCES = tests/unit/guard-windows.c
tests_unit_guard_windows_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/apply-order
tests_unit_apply_order_SOURCES = tests/unit/apply-order.c
tests_unit_apply_order_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/cgi-head
tests_unit_cgi_head_SOURCES = tests/unit/cgi-head.c
tests_unit_cgi_head_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/cgi-shebang
tests_unit_cgi_shebang_SOURCES = tests/unit/cgi-shebang.c
tests_unit_cgi_shebang_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/cgi-markup
tests_unit_cgi_markup_SOURCES = tests/unit/cgi-markup.c
tests_unit_cgi_markup_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/cgi-causes
tests_unit_cgi_causes_SOURCES = tests/unit/cgi-causes.c
tests_unit_cgi_causes_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/cgi-request
tests_unit_cgi_request_SOURCES = tests/unit/cgi-request.c
tests_unit_cgi_request_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/cgi-verdict
tests_unit_cgi_verdict_SOURCES = tests/unit/cgi-verdict.c
tests_unit_cgi_verdict_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/log-families
tests_unit_log_families_SOURCES = tests/unit/log-families.c
tests_unit_log_families_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/log-reader
tests_unit_log_reader_SOURCES = tests/unit/log-reader.c
tests_unit_log_reader_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/expand
tests_unit_expand_SOURCES = tests/unit/expand.c
tests_unit_expand_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/servers-formats tests/unit/servers-choose
tests_unit_servers_formats_SOURCES = tests/unit/servers-formats.c
tests_unit_servers_formats_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)
tests_unit_servers_choose_SOURCES = tests/unit/servers-choose.c
tests_unit_servers_choose_LDADD = $(E13_TEST_SUPPORT) $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/lint-corpus
tests_unit_lint_corpus_SOURCES = tests/unit/lint-corpus.c
tests_unit_lint_corpus_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/lint-fix
tests_unit_lint_fix_SOURCES = tests/unit/lint-fix.c
tests_unit_lint_fix_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/iis-pe
tests_unit_iis_pe_SOURCES = tests/unit/iis-pe.c
tests_unit_iis_pe_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/iis-handler
tests_unit_iis_handler_SOURCES = tests/unit/iis-handler.c
tests_unit_iis_handler_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/lint-machine
tests_unit_lint_machine_SOURCES = tests/unit/lint-machine.c
tests_unit_lint_machine_LDADD = $(E13_TEST_LDADD)

check_PROGRAMS += tests/unit/zone
tests_unit_zone_SOURCES = tests/unit/zone.c
tests_unit_zone_LDADD = $(E13_TEST_LDADD)
