package dev.darkroom.core.image.inspect;

import dev.darkroom.core.image.Mark;
import dev.darkroom.core.image.Mark.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Collects the marks of a file: one for each kind, the first that is found. */
final class Marks {

    /** As an attribute, as an element, or as an element that names a resource. */
    private static final Pattern SOURCE_TYPE = Pattern.compile("DigitalSourceType"
            + "(?:\\s{0,9}=\\s{0,9}[\"']"
            + "|[^>]{0,200}?rdf:resource\\s{0,9}=\\s{0,9}[\"']"
            + "|[^<>/]{0,200}>\\s{0,99})"
            + "([^\"'<>\\s]{1,300})");

    private final List<Mark> found = new ArrayList<>();

    void c2pa() {
        add(Kind.C2PA, Optional.empty());
    }

    void pngText(String text) {
        add(Kind.PNG_TEXT, Optional.of(text));
    }

    /**
     * Finds the IPTC digital source type.
     *
     * @see <a href="https://cv.iptc.org/newscodes/digitalsourcetype">The vocabulary</a>
     */
    void xmp(Bytes xmp) {
        var match = SOURCE_TYPE.matcher(xmp.utf8());
        if (match.find()) {
            var type = match.group(1);
            add(Kind.IPTC_DIGITAL_SOURCE_TYPE, Optional.of(type.substring(type.lastIndexOf('/') + 1)));
        }
    }

    private void add(Kind kind, Optional<String> value) {
        if (found.stream().noneMatch(mark -> mark.kind() == kind)) {
            found.add(new Mark(kind, value));
        }
    }

    List<Mark> found() {
        return List.copyOf(found);
    }
}
