@echo off
rem Written by errno13. Run it as administrator, on the machine that has the site.
rem To be able to go back, save what is there first: icacls SITE /save before.txt /T
setlocal EnableExtensions DisableDelayedExpansion
chcp 65001 >nul
set status=0

rem C:\inetpub\wwwroot\week7, for Authenticated Users (S-1-5-11)
icacls "C:\inetpub\wwwroot\week7\cgi-bin" /grant "*S-1-5-11:(OI)(CI)M" || set status=1

exit /b %status%
