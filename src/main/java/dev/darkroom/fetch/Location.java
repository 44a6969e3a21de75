package dev.darkroom.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.stream.Collectors;

/** The {@code Location} header of a redirect. */
final class Location {

    private static final String NEVER_IN_A_URI = "\"<>\\^`{|}";

    private Location() {}

    /**
     * The address. Like browsers, this encodes blanks, bytes that are not ASCII, and other characters that an address
     * cannot have.
     *
     * @param header each character is a byte
     */
    static Optional<URI> parsed(String header) {
        var encoded = header.chars().mapToObj(Location::encoded).collect(Collectors.joining());
        try {
            return Optional.of(new URI(encoded));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static String encoded(int character) {
        return character <= ' ' || character >= 0x7F || NEVER_IN_A_URI.indexOf(character) >= 0
                ? "%%%02X".formatted(character)
                : Character.toString(character);
    }
}
