package dev.darkroom.core.archive;

import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.generation.Output;
import java.util.Locale;
import java.util.regex.Pattern;

/** The last part of an image's link, such as {@code 0.png}. It never changes, whatever becomes of the image. */
public final class ImageName {

    private static final Pattern EXTENSION =
            Pattern.compile("\\.(png|jpe?g|webp|gif|avif)(?:[?#].*)?$", Pattern.CASE_INSENSITIVE);

    private ImageName() {}

    /**
     * The extension is that of the provider's address, because the link is given out before the image is read. Without
     * an address the copy is there from the beginning. A name may have no extension.
     *
     * @param number the place among the outputs of the generation, from 0
     */
    public static String of(int number, Output output) {
        var extension = EXTENSION.matcher(output.url());
        if (extension.find()) {
            return number + "." + extension.group(1).toLowerCase(Locale.ROOT);
        }
        return output.url().isEmpty() && output.copy() instanceof ImageCopy.Kept(var facts)
                ? number + "." + facts.type().extension()
                : Integer.toString(number);
    }
}
