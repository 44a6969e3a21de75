package dev.darkroom.http.wavespeed.listing;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.store.OwnerIndex.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** An entry of a list as an opaque text, after which the list goes on. It has nothing that its owner does not know. */
final class ListCursor {

    /** The first digit is the version of the form. */
    private static final Pattern FORM = Pattern.compile("1\\.(\\d{1,15})\\.([0-9a-f]{32})");

    private static final int MAX_LENGTH = 100;

    private ListCursor() {}

    static String of(Entry entry) {
        var text = "1.%d.%s".formatted(entry.createdAt().toEpochMilli(), entry.id());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Empty when the text is not a cursor. */
    static Optional<Entry> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            var form = FORM.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
            return form.matches()
                    ? Optional.of(new Entry(
                            Instant.ofEpochMilli(Long.parseLong(form.group(1))), new GenerationId(form.group(2))))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
