#include "FilesWindow.h"

#include "StandardInput.h"

#include <utility>

namespace host
{

FilesWindow::FilesWindow (juce::Rectangle<int> screenBounds, juce::File file) : fileToGive (std::move (file))
{
    setBounds (screenBounds);
    setOpaque (true);
    addToDesktop (0);
    setVisible (true);
}

FilesWindow::~FilesWindow() = default;

bool FilesWindow::isInterestedInFileDrag (const juce::StringArray&) { return true; }

void FilesWindow::filesDropped (const juce::StringArray& files, int, int)
{
    received.addArray (files);
    repaint();

    for (const auto& file : files)
        say ("received " + file.toStdString());
}

void FilesWindow::mouseDrag (const juce::MouseEvent&)
{
    if (isDragging || ! fileToGive.existsAsFile())
        return;

    isDragging = true;
    juce::DragAndDropContainer::performExternalDragDropOfFiles ({ fileToGive.getFullPathName() }, false, this, [this]
    {
        isDragging = false;
        say ("given");
    });
}

void FilesWindow::mouseUp (const juce::MouseEvent&) { isDragging = false; }

void FilesWindow::paint (juce::Graphics& graphics)
{
    graphics.fillAll (juce::Colours::lightgrey);
    graphics.setColour (juce::Colours::black);
    graphics.drawFittedText ("Files\n" + received.joinIntoString ("\n"), getLocalBounds().reduced (12),
                             juce::Justification::topLeft, 20);
}

} // namespace host
