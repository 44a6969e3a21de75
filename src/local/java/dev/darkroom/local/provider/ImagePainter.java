package dev.darkroom.local.provider;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Draws the simulator's images: in the requested aspect ratio, with the prompt as text. All lengths are in pixels. */
final class ImagePainter {

    /** The longer side of an image that a person looks at. */
    static final int LONG_SIDE = 1024;

    private static final int MARGINS_A_SIDE = 16;
    private static final int LETTERS_A_SIDE = 32;
    private static final int CIRCLES = 12;
    private static final int MAX_LINES = 14;

    private ImagePainter() {}

    /** A PNG; {@code aspectRatio} is width to height, such as {@code 16:9}, and {@code longSide} at least 32. */
    static byte[] png(String prompt, String aspectRatio, int longSide, long seed) {
        var ratio = aspectRatio.split(":", 2);
        int across = Integer.parseInt(ratio[0]);
        int down = Integer.parseInt(ratio[1]);
        int longer = Math.max(across, down);
        var image = new BufferedImage(
                Math.max(1, longSide * across / longer),
                Math.max(1, longSide * down / longer),
                BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        paint(graphics, image.getWidth(), image.getHeight(), prompt, new Random(seed));
        graphics.dispose();
        try {
            var out = new ByteArrayOutputStream();
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("an image in memory could not be written", e);
        }
    }

    private static void paint(Graphics2D graphics, int width, int height, String prompt, Random random) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        float hue = random.nextFloat();
        graphics.setPaint(new GradientPaint(
                0, 0, Color.getHSBColor(hue, 0.7f, 0.35f), width, height, Color.getHSBColor(hue + 0.2f, 0.6f, 0.75f)));
        graphics.fillRect(0, 0, width, height);
        for (int i = 0; i < CIRCLES; i++) {
            graphics.setColor(new Color(255, 255, 255, 12 + random.nextInt(30)));
            int size = height / 8 + random.nextInt(height / 2);
            graphics.fillOval(random.nextInt(width) - size / 2, random.nextInt(height) - size / 2, size, size);
        }
        graphics.setColor(Color.WHITE);
        int longSide = Math.max(width, height);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, longSide / LETTERS_A_SIDE));
        var metrics = graphics.getFontMetrics();
        var lines = lines(prompt, metrics, width - 2 * longSide / MARGINS_A_SIDE);
        int y = (height - lines.size() * metrics.getHeight()) / 2 + metrics.getAscent();
        for (var line : lines) {
            graphics.drawString(line, (width - metrics.stringWidth(line)) / 2, y);
            y += metrics.getHeight();
        }
    }

    private static List<String> lines(String text, FontMetrics metrics, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.strip().split("\\s+", -1)) {
            if (!line.isEmpty() && metrics.stringWidth(line + " " + word) > width) {
                lines.add(line.toString());
                line.setLength(0);
                if (lines.size() == MAX_LINES) {
                    lines.set(MAX_LINES - 1, lines.getLast() + " …");
                    return lines;
                }
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
