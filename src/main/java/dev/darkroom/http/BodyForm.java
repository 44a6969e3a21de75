package dev.darkroom.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** The form of a body, by its beginning and, unless it begins like JSON, by its content type. */
enum BodyForm {
    /** JSON, or not recognised as any other form. */
    JSON,
    FORM,
    MULTIPART,
    GZIP,
    UTF_16;

    /** In bytes: enough to recognise the form. */
    private static final int BEGINNING = 256;

    private static final Pattern BLANK_IN_FRONT = Pattern.compile("^(\u00ef\u00bb\u00bf)?\\s*");
    private static final Pattern JSON_OBJECT_OR_LIST = Pattern.compile("[\\[{\"].*", Pattern.DOTALL);
    private static final Pattern FORM_FIELD = Pattern.compile("[\\w.%+~\\[\\]-]+=[^=].*", Pattern.DOTALL);
    private static final Pattern BOUNDARY = Pattern.compile("--[!-~]+\r?\n.*", Pattern.DOTALL);
    private static final Pattern UTF_16_BEGINNING =
            Pattern.compile("(\u00ff\u00fe|\u00fe\u00ff|(\0[^\0]){2}|([^\0]\0){2}).*", Pattern.DOTALL);

    static BodyForm of(byte[] bytes, String contentType) {
        var beginning = new String(bytes, 0, Math.min(bytes.length, BEGINNING), StandardCharsets.ISO_8859_1);
        if (beginning.startsWith("\u001f\u008b")) {
            return GZIP;
        }
        if (UTF_16_BEGINNING.matcher(beginning).matches()) {
            return UTF_16;
        }
        var text = BLANK_IN_FRONT.matcher(beginning).replaceFirst("");
        if (text.isEmpty() || JSON_OBJECT_OR_LIST.matcher(text).matches()) {
            return JSON;
        }
        var type = contentType.toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/") || BOUNDARY.matcher(text).matches()) {
            return MULTIPART;
        }
        return type.startsWith("application/x-www-form-urlencoded")
                        || FORM_FIELD.matcher(text).matches()
                ? FORM
                : JSON;
    }
}
