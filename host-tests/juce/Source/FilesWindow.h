// A window that takes files and gives one away, with JUCE's side of the drag-and-drop protocol.
#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

namespace host
{

class FilesWindow final : public juce::Component, public juce::FileDragAndDropTarget
{
public:
    /// A drag that begins in the window carries the file.
    FilesWindow (juce::Rectangle<int> screenBounds, juce::File fileToGive);
    ~FilesWindow() override;

    bool isInterestedInFileDrag (const juce::StringArray& files) override;
    void filesDropped (const juce::StringArray& files, int x, int y) override;
    void mouseDrag (const juce::MouseEvent& event) override;
    void mouseUp (const juce::MouseEvent& event) override;
    void paint (juce::Graphics& graphics) override;

private:
    juce::File fileToGive;
    juce::StringArray received;
    bool isDragging = false;
};

} // namespace host
