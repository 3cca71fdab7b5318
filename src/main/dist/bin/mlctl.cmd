@echo off
rem Starts mlctl on Windows. See bin/mlctl for what each part is for.
setlocal
set "HOME_DIR=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME if not exist "%JAVA%" (
  echo error: JAVA_HOME has no bin\java.exe: %JAVA_HOME% 1>&2
  echo hint: install Java 17 or newer and set JAVA_HOME to its directory 1>&2
  exit /b 2
)

set "JARS=%HOME_DIR%\lib\mlctl.jar;%HOME_DIR%\lib\*"
set "FLAGS=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
set "PERMITS="
for %%A in (%*) do (
  if "%%~A"=="train" call :train
  if "%%~A"=="score" call :score
  if "%%~A"=="plan" call :score
)

if defined JAVA_HOME findstr /r /c:"^JAVA_VERSION=.2[4-9]" /c:"^JAVA_VERSION=.[3-9][0-9]" "%JAVA_HOME%\release" >nul 2>nul && (
  set "PERMITS=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
)

"%JAVA%" %FLAGS% %PERMITS% -Xshare:auto -Xlog:disable -Xlog:all=error:stderr -XX:+DisplayVMOutputToStderr -cp "%JARS%" %MLCTL_JAVA_OPTS% "-Dmlctl.home=%HOME_DIR%" dev.mlctl.cli.Main %*
exit /b %ERRORLEVEL%

:train
set "JARS=%JARS%;%HOME_DIR%\lib\train\*"
set "FLAGS=-XX:+UseParallelGC"
exit /b 0

:score
set "JARS=%JARS%;%HOME_DIR%\runners\direct\*"
set "FLAGS=-XX:+UseParallelGC -Xmx768m -Xmn64m"
exit /b 0
