@echo off
rem Starts Podium's agent with the JDK it needs.
setlocal EnableExtensions
set "home=%~dp0.."
set "java="
for %%J in ("%PODIUM_JAVA_HOME%" "%JAVA_HOME%") do if not defined java call :try %%J
for /d %%J in ("%ProgramFiles%\Eclipse Adoptium\jdk-*" "%ProgramFiles%\Java\jdk-*" "%ProgramFiles%\Microsoft\jdk-*" "%ProgramFiles%\Zulu\zulu-*") do if not defined java call :try "%%~J"
if not defined java (
  echo podium-agent: The agent needs JDK 25 or newer and found none. Install one from https://adoptium.net, or point PODIUM_JAVA_HOME at it. 1>&2
  exit /b 1
)
"%java%" "@%home%\lib\jvm.options" %PODIUM_JAVA_OPTS% --class-path "%home%\lib\*" dev.podium.agent.Main %*
exit /b %ERRORLEVEL%

:try
if "%~1"=="" exit /b
if not exist "%~1\bin\java.exe" exit /b
if not exist "%~1\release" exit /b
for /f "tokens=2 delims==." %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do if %%~V geq 25 set "java=%~1\bin\java.exe"
exit /b
