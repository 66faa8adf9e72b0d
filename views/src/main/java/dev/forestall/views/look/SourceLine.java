package dev.forestall.views.look;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A line of the file that an input came from.
 *
 * @param path of the file
 * @param text of the line at which the record starts; empty when the file is gone or has no such line
 * @param isUnchanged whether the file looks as it did when it was read; else the text may be of something else
 */
public record SourceLine(Path path, Optional<String> text, boolean isUnchanged) {}
