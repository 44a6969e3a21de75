package dev.darkroom.core.image.inspect;

import dev.darkroom.core.image.Mark;
import java.util.List;

/** What the header of an image file says; {@code width} and {@code height} are in pixels. */
record Header(int width, int height, List<Mark> marks) {}
