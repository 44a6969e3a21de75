package dev.darkroom.jsonschema;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A shape of an image.
 *
 * @param text as the model's parameter has it, such as {@code 16:9}
 */
record Ratio(String text, int wide, int high) {

    private static final Pattern FORM = Pattern.compile("([1-9]\\d?):([1-9]\\d?)");

    /** In pixels. The examples of shapes that OpenAI's models make are then its own sizes. */
    private static final int LONGEST_SIDE = 1536;

    /**
     * Models make the sides of an image multiples of 8 or more pixels, so the sizes that are known by a shape's name
     * are up to this much wider or narrower: 1792x1024 and 1344x768 for 16:9.
     */
    private static final double TOLERANCE = Math.log(1.03);

    /** Empty for a value that is no shape, such as {@code auto}. */
    static Optional<Ratio> parse(String text) {
        var form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new Ratio(text, Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2))))
                : Optional.empty();
    }

    /** How far the shape of an image is from this one, 0 for the same. */
    double distance(int width, int height) {
        return Math.abs(Math.log((double) width * high / ((double) height * wide)));
    }

    boolean isAbout(int width, int height) {
        return distance(width, height) <= TOLERANCE;
    }

    /** A size of this shape. */
    String exampleSize() {
        int scale = Integer.highestOneBit(LONGEST_SIDE / Math.max(wide, high));
        return wide * scale + "x" + high * scale;
    }
}
