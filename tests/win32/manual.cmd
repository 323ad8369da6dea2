@echo off
rem SPDX-FileCopyrightText: 2026 The errno13 authors
rem SPDX-License-Identifier: GPL-3.0-or-later
rem
rem Fifteen minutes on a real Windows, for errno13.exe has been run only under Wine. In a window opened with "Run as
rem administrator", with errno13.exe beside this file:
rem
rem     manual.cmd
rem
rem It works in a folder of its own below %SystemDrive%\ and takes it away again; it changes nothing else. What it saw is in
rem errno13-manual.txt, beside this file: no names of accounts or of the machine. Please send it to the project; there,
rem tests/win32/check-manual FILE reads it.
setlocal EnableExtensions DisableDelayedExpansion
chcp 65001 >nul
set "here=%~dp0"
set "exe=%here%errno13.exe"
set "report=%here%errno13-manual.txt"
set "top=%SystemDrive%\errno13-manual"
set "site=%top%\week7"
set "journal=%top%\journal.acl"
if not exist "%exe%" echo There is no "%exe%". & exit /b 2
if exist "%top%" echo There is a "%top%" already. & exit /b 2

>"%report%" echo errno13 manual, format 1
call :step version ver
call :step elevated net session
call :make >nul 2>&1

call :step lists-before icacls "%site%" /save "%top%\before.txt" /T
call :step check "%exe%" check --as-sid S-1-5-17 "%site%"
call :step lists-after-check icacls "%site%" /save "%top%\checked.txt" /T
call :step check-changes-nothing fc /b "%top%\before.txt" "%top%\checked.txt"

call :step fix "%exe%" fix --as-sid S-1-5-17 --journal "%journal%" "%site%"
call :step cgi-bin-after icacls "%site%\cgi-bin" /findsid *S-1-5-17
call :step script-after icacls "%site%\cgi-bin\count.py" /findsid *S-1-5-17
call :step long-after icacls "\\?\%long%\deep.py" /findsid *S-1-5-17
call :step protected-after icacls "%site%\protected" /findsid *S-1-5-17
call :step outside-after icacls "%top%\outside\secret.txt" /findsid *S-1-5-17
call :step order-after icacls "%site%" /verify /T
call :step unblocked more "<%site%\web.config:Zone.Identifier"
call :step writable attrib "%site%\cgi-bin\count.txt"
call :step check-after "%exe%" check --as-sid S-1-5-17 "%site%"
call :step explain "%exe%" explain --as-sid S-1-5-17 --want write "%site%\cgi-bin"

call :step class "%exe%" check "--as-sid=S-1-5-17" "%top%\week*"
call :step make "%exe%" fix "--as-sid=S-1-5-17" --trust-site-profile --create-missing "--journal=%top%\made.acl" "%top%\week8"
call :step made icacls "%top%\week8\uploads\new" /findsid *S-1-5-17
call :step made-inherits icacls "%top%\week8\uploads\new" /findsid *S-1-5-32-545
call :step unmake "%exe%" undo "%top%\made.acl"
call :step unmade dir "%top%\week8\uploads"

call :step undo "%exe%" undo "%journal%"
call :step lists-after-undo icacls "%site%" /save "%top%\after.txt" /T
call :step undo-restores fc /b "%top%\before.txt" "%top%\after.txt"
call :step blocked-again more "<%site%\web.config:Zone.Identifier"
call :step planted "%exe%" undo "%top%\planted.acl"
call :step identity "%exe%" identity

>>"%report%" echo === end
rmdir "%site%\junction" 2>nul
rmdir /s /q "\\?\%top%" 2>nul
echo Done: "%report%"
exit /b 0

rem A site that was unzipped: scripts, data, a stream, the read-only attribute, a protected list, a junction that leads out,
rem a path that is too long for old programs, a name that ends in a dot.
:make
mkdir "%site%\cgi-bin" "%site%\protected" "%top%\outside"
icacls "%top%" /inheritance:r /grant "*S-1-5-18:(OI)(CI)F" "*S-1-5-32-544:(OI)(CI)F" "*S-1-5-32-545:(OI)(CI)RX"
>"%site%\cgi-bin\count.py" echo #!/usr/bin/python
>"%site%\cgi-bin\count.txt" echo 0
attrib +R "%site%\cgi-bin\count.txt"
>"%site%\web.config" echo ^<configuration/^>
>"%site%\web.config:Zone.Identifier" echo [ZoneTransfer]
>>"%site%\web.config:Zone.Identifier" echo ZoneId=3
icacls "%site%\protected" /inheritance:d
>"%site%\protected\a.py" echo #!/usr/bin/python
>"%top%\outside\secret.txt" echo secret
mklink /J "%site%\junction" "%top%\outside"
set "long=%site%\cgi-bin"
for /L %%i in (1,1,12) do call :deeper
>"\\?\%long%\deep.py" echo #!/usr/bin/python
>"\\?\%site%\cgi-bin\dot.py." echo #!/usr/bin/python
mkdir "%top%\week8"
>"%top%\week8\.errno13" echo [Profile]
>>"%top%\week8\.errno13" echo Name=Week 8
>>"%top%\week8\.errno13" echo Source=none
>>"%top%\week8\.errno13" echo [**]
>>"%top%\week8\.errno13" echo App=read
>>"%top%\week8\.errno13" echo [uploads/new/**]
>>"%top%\week8\.errno13" echo App=modify
>"%top%\planted.acl" echo # errno13 journal, format 2
exit /b 0

:deeper
set "long=%long%\a directory with a name of some length"
mkdir "\\?\%long%"
exit /b 0

rem step NAME COMMAND...: what it printed, and how it ended. A last word that begins with < is its input.
:step
set "name=%~1"
>>"%report%" echo === %name%
if "%~2"=="more" (
  set "input=%~3"
  call :more >>"%report%" 2>&1
) else (
  call %2 %3 %4 %5 %6 %7 %8 %9 >>"%report%" 2>&1
)
>>"%report%" echo --- exit %errorlevel%
exit /b 0

:more
set "input=%input:~1%"
more <"%input%"
exit /b %errorlevel%
