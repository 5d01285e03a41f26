; MidiMuse's Windows installer: 64-bit, for one user or for all, upgrade, uninstall, silent.
;   MidiMuse-VERSION-win-x64.exe [/S] [/AllUsers | /CurrentUser] [/Edition=Native | AudioPlugSharp | Both] [/D=VST3-FOLDER]
; /S installs without a window: for all users where it runs as an administrator, else for the current user.
; Defines: VERSION, BUNDLE, REPOSITORY, OUTPUT, COMPRESSION (lzma, zlib, off), AUDIOPLUGSHARP_BUNDLE where there is one.
Unicode true
Target amd64-unicode

!include LogicLib.nsh
!include FileFunc.nsh
!include MUI2.nsh
!include nsDialogs.nsh

!define PRODUCT "MidiMuse"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${PRODUCT}"
; Folders that the installer replaces and the uninstaller removes: their names are ours.
!define NATIVE_FOLDER "MidiMuse.vst3"
!define AUDIOPLUGSHARP_FOLDER "MidiMuseBridge.vst3"

Name "${PRODUCT} ${VERSION}"
OutFile "${OUTPUT}"
BrandingText "${PRODUCT} ${VERSION}"
RequestExecutionLevel highest ; an administrator may choose all users, everyone else installs for himself
ManifestDPIAware true
ShowInstDetails hide

!if ${COMPRESSION} == "off"
    SetCompress off
!else if ${COMPRESSION} == "lzma"
    SetCompressor /SOLID lzma
!else
    SetCompressor ${COMPRESSION}
!endif

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${PRODUCT}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${PRODUCT} installer"
VIAddVersionKey "CompanyName" "The MidiMuse authors"
VIAddVersionKey "LegalCopyright" "Copyright (c) 2026 The MidiMuse authors. MIT."

Var Scope     ; "all" or "user"
Var Program   ; folder of the uninstaller
Var UserRadio
Var AllRadio

!define MUI_ABORTWARNING
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${REPOSITORY}\LICENSE"
Page custom ScopePage ScopePageLeave
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TEXT "Let your DAW scan its plugins again. MidiMuse is an instrument; how to hear and record its notes in your DAW is written in the documentation of ${PRODUCT}."
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; ---------------------------------------------------------------- scope

!macro UseScope
    SetRegView 64
    ${If} $Scope == "all"
        SetShellVarContext all
        StrCpy $Program "$PROGRAMFILES64\${PRODUCT}"
    ${Else}
        SetShellVarContext current
        StrCpy $Program "$LOCALAPPDATA\Programs\${PRODUCT}"
    ${EndIf}
!macroend

; The places that hosts scan: Steinberg's "VST 3 Locations / Format".
Function DefaultFolder
    ReadRegStr $0 SHCTX "${UNINSTALL_KEY}" "InstallLocation"
    ${If} $0 != ""
        StrCpy $INSTDIR $0 ; an upgrade goes where the older version is
    ${ElseIf} $Scope == "all"
        StrCpy $INSTDIR "$COMMONFILES64\VST3"
    ${Else}
        StrCpy $INSTDIR "$LOCALAPPDATA\Programs\Common\VST3"
    ${EndIf}
FunctionEnd

Function .onInit
    StrCpy $Scope "user"
    UserInfo::GetAccountType
    Pop $0
    ${If} $0 == "Admin"
        StrCpy $Scope "all"
    ${EndIf}
    ${GetParameters} $1
    ClearErrors
    ${GetOptions} $1 "/CurrentUser" $2
    ${IfNot} ${Errors}
        StrCpy $Scope "user"
    ${EndIf}
    ClearErrors
    ${GetOptions} $1 "/AllUsers" $2
    ${IfNot} ${Errors}
        ${If} $0 != "Admin"
            MessageBox MB_ICONSTOP "Installing for all users needs an administrator." /SD IDOK
            SetErrorLevel 2
            Quit
        ${EndIf}
        StrCpy $Scope "all"
    ${EndIf}
    !insertmacro UseScope
    ${If} $INSTDIR == "" ; no /D=
        Call DefaultFolder
    ${EndIf}
    Call ChooseEdition
FunctionEnd

Function ScopePage
    UserInfo::GetAccountType
    Pop $0
    ${If} $0 != "Admin"
        Abort ; nothing to choose
    ${EndIf}
    !insertmacro MUI_HEADER_TEXT "For whom?" "Choose who can use ${PRODUCT} on this computer."
    nsDialogs::Create 1018
    Pop $0
    ${NSD_CreateRadioButton} 0 20u 100% 12u "All users of this computer"
    Pop $AllRadio
    ${NSD_CreateRadioButton} 0 40u 100% 12u "Only me"
    Pop $UserRadio
    ${If} $Scope == "all"
        ${NSD_Check} $AllRadio
    ${Else}
        ${NSD_Check} $UserRadio
    ${EndIf}
    nsDialogs::Show
FunctionEnd

Function ScopePageLeave
    StrCpy $Scope "user"
    ${NSD_GetState} $AllRadio $0
    ${If} $0 == ${BST_CHECKED}
        StrCpy $Scope "all"
    ${EndIf}
    !insertmacro UseScope
    Call DefaultFolder
FunctionEnd

; ---------------------------------------------------------------- what is installed

; An older version is moved away as a whole, which fails where a DAW has it open: then nothing has changed yet.
!macro SetAside FOLDER
    RMDir /r "$INSTDIR\${FOLDER}.old"
    ${If} ${FileExists} "$INSTDIR\${FOLDER}\*.*"
        ClearErrors
        Rename "$INSTDIR\${FOLDER}" "$INSTDIR\${FOLDER}.old"
        ${If} ${Errors}
            MessageBox MB_ICONSTOP "${PRODUCT} is in use: close your DAW and install again." /SD IDOK
            SetErrorLevel 3
            Abort "${PRODUCT} is in use."
        ${EndIf}
    ${EndIf}
!macroend

Section "-Before"
    !insertmacro UseScope
    !insertmacro SetAside "${NATIVE_FOLDER}"
    !insertmacro SetAside "${AUDIOPLUGSHARP_FOLDER}"
SectionEnd

Section "${PRODUCT} (native)" SectionNative
    SetOutPath "$INSTDIR\${NATIVE_FOLDER}"
    File /r "${BUNDLE}\*.*"
SectionEnd

!ifdef AUDIOPLUGSHARP_BUNDLE
Section /o "${PRODUCT} (AudioPlugSharp)" SectionAudioPlugSharp
    SetOutPath "$INSTDIR\${AUDIOPLUGSHARP_FOLDER}"
    File /r "${AUDIOPLUGSHARP_BUNDLE}\*.*"
SectionEnd
!endif

Section "-After"
    RMDir /r "$INSTDIR\${NATIVE_FOLDER}.old"
    RMDir /r "$INSTDIR\${AUDIOPLUGSHARP_FOLDER}.old"
    SetOutPath "$Program"
    File "${REPOSITORY}\LICENSE"
    WriteUninstaller "$Program\uninstall.exe"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${PRODUCT}"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "The MidiMuse authors"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$Program\uninstall.exe" /Scope=$Scope'
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$Program\uninstall.exe" /S /Scope=$Scope'
    WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
    WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
    SectionGetSize ${SectionNative} $0
    WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" $0
SectionEnd

Function ChooseEdition
!ifdef AUDIOPLUGSHARP_BUNDLE
    ClearErrors
    ${GetOptions} $1 "/Edition=" $2
    ${If} ${Errors}
        Return
    ${EndIf}
    ${If} $2 == "AudioPlugSharp"
        SectionSetFlags ${SectionNative} 0
        SectionSetFlags ${SectionAudioPlugSharp} ${SF_SELECTED}
    ${ElseIf} $2 == "Both"
        SectionSetFlags ${SectionAudioPlugSharp} ${SF_SELECTED}
    ${EndIf}
!endif
FunctionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
    !insertmacro MUI_DESCRIPTION_TEXT ${SectionNative} "The plugin for every host. Recommended."
!ifdef AUDIOPLUGSHARP_BUNDLE
    !insertmacro MUI_DESCRIPTION_TEXT ${SectionAudioPlugSharp} "The same engine on AudioPlugSharp, for one or two instances a project. Needs the .NET Desktop Runtime 10 and the Visual C++ runtime."
!endif
!insertmacro MUI_FUNCTION_DESCRIPTION_END

; ---------------------------------------------------------------- uninstall

Function un.onInit
    StrCpy $Scope "user"
    ${GetParameters} $1
    ClearErrors
    ${GetOptions} $1 "/Scope=" $2
    ${IfNot} ${Errors}
        StrCpy $Scope $2
    ${ElseIf} $INSTDIR == "$PROGRAMFILES64\${PRODUCT}"
        StrCpy $Scope "all"
    ${EndIf}
    !insertmacro UseScope
FunctionEnd

Section "Uninstall"
    ReadRegStr $0 SHCTX "${UNINSTALL_KEY}" "InstallLocation"
    ${If} $0 != ""
        RMDir /r "$0\${NATIVE_FOLDER}"
        RMDir /r "$0\${AUDIOPLUGSHARP_FOLDER}"
        RMDir "$0" ; only where nothing else is in it
    ${EndIf}
    ; What the plugin itself may have left: measurements of graphics devices.
    SetShellVarContext current
    Delete "$LOCALAPPDATA\${PRODUCT}\Cache\devices.json"
    RMDir "$LOCALAPPDATA\${PRODUCT}\Cache"
    RMDir "$LOCALAPPDATA\${PRODUCT}"
    !insertmacro UseScope
    DeleteRegKey SHCTX "${UNINSTALL_KEY}"
    Delete "$Program\LICENSE"
    Delete "$Program\uninstall.exe"
    RMDir "$Program"
    ${If} $Scope == "user" ; folders that may have come with the installation, where nothing else is in them
        RMDir "$LOCALAPPDATA\Programs\Common"
        RMDir "$LOCALAPPDATA\Programs"
    ${EndIf}
SectionEnd
