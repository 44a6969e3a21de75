package dev.darkroom.core.image;

import dev.darkroom.core.text.UnicodeText;
import java.util.Optional;

/**
 * A note in an image file on how the image was made. It is found, not verified: anyone can write or remove one.
 *
 * @param value what the mark says, at most {@value #MAX_LENGTH} characters; empty when only its presence is known
 */
public record Mark(Kind kind, Optional<String> value) {

    public static final int MAX_LENGTH = 200;

    /** The names are stored, so they never change. */
    public enum Kind {
        /** A C2PA manifest is embedded. Its signature is not checked. */
        C2PA,
        /** The IPTC digital source type in the XMP, such as {@code trainedAlgorithmicMedia}. */
        IPTC_DIGITAL_SOURCE_TYPE,
        /** A text of a PNG file that names the program or its parameters. */
        PNG_TEXT
    }

    public Mark {
        value = value.map(
                text -> UnicodeText.toWellFormed(text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH)));
    }
}
