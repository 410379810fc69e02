@echo off
rem Starts Podium with the JDK it needs.
setlocal EnableExtensions
set "home=%~dp0.."
set "java="
for %%J in ("%PODIUM_JAVA_HOME%" "%JAVA_HOME%") do if not defined java call :try %%J
for /d %%J in ("%ProgramFiles%\Eclipse Adoptium\jdk-*" "%ProgramFiles%\Java\jdk-*" "%ProgramFiles%\Microsoft\jdk-*" "%ProgramFiles%\Zulu\zulu-*") do if not defined java call :try "%%~J"
if not defined java (
  echo podium: Podium needs JDK 25 or newer and found none. Install one from https://adoptium.net, or point PODIUM_JAVA_HOME at it. 1>&2
  exit /b 1
)
"%java%" "@%home%\lib\jvm.options" "-Dpodium.home=%home%" %PODIUM_JAVA_OPTS% --module-path "%home%\lib\javafx" --add-modules javafx.controls --class-path "%home%\lib\*" dev.podium.desktop.Podium %*
exit /b %ERRORLEVEL%

:try
if "%~1"=="" exit /b
if not exist "%~1\bin\java.exe" exit /b
if not exist "%~1\release" exit /b
for /f "tokens=2 delims==." %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do if %%~V geq 25 set "java=%~1\bin\java.exe"
exit /b
