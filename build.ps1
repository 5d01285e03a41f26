<#
.SYNOPSIS
    Builds MidiMuse on Windows with the targets that every system has; little happens here.
.EXAMPLE
    ./build.ps1 -Test -Installer
.NOTES
    Needs the .NET SDK 10, CMake 3.25 and Visual Studio 2022 or newer (or its build tools) with "Desktop development with
    C++"; -Installer needs NSIS 3.08 or newer.
#>
param(
    # Native: the default for users. AudioPlugSharp: the edition on AudioPlugSharp's bridge, built beside it.
    [ValidateSet('Native', 'AudioPlugSharp')] [string] $Edition = 'Native',
    [string] $Configuration = 'Release',
    [switch] $Test,
    # Copies the bundle to %LOCALAPPDATA%\Programs\Common\VST3, where hosts look for one user's plugins.
    [switch] $Install,
    [switch] $Installer
)
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

function Invoke-Step([string[]] $Arguments) {
    & dotnet @Arguments
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

$project = if ($Edition -eq 'Native') { 'plugin/bundle' } else { 'plugin/src/MidiMuse.Windows' }
Invoke-Step @('build', $project, '-c', $Configuration)
if ($Test) { Invoke-Step @('test', 'MidiMuse.sln', '-c', $Configuration) }
if ($Install) { Invoke-Step @('build', 'installer', '-t:InstallForUser', "-p:Edition=$Edition", '-c', $Configuration) }
if ($Installer) { Invoke-Step @('build', 'installer', '-t:Installer', '-c', $Configuration) }
