package dev.darkroom.core.image.inspect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.darkroom.core.image.ContentHash;
import dev.darkroom.core.image.ContentType;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.core.image.ImageFacts;
import dev.darkroom.core.image.Mark;
import dev.darkroom.core.image.Mark.Kind;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InspectionTest {

    private static final String SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    @ParameterizedTest
    @EnumSource(ContentType.class)
    void everyFormatIsRecognisedByItsBytes(ContentType type) {
        var file = ImageFiles.of(type, 640, 480);

        var facts = inspect(file);

        assertThat(facts)
                .contains(new ImageFacts(file.length, type, ContentHash.of(new ImageBytes(file)), 640, 480, List.of()));
    }

    /** From https://www.rfc-editor.org/rfc/rfc9649 and its two older formats of a frame. */
    @Test
    void theThreeFormatsOfWebpHaveTheirSizesInThreePlaces() {
        assertThat(inspect(ImageFiles.webpLossy(16_383, 1))).hasValueSatisfying(facts -> hasSize(facts, 16_383, 1));
        assertThat(inspect(ImageFiles.webpLossless(16_384, 2))).hasValueSatisfying(facts -> hasSize(facts, 16_384, 2));
        assertThat(inspect(ImageFiles.webp(70_000, 3))).hasValueSatisfying(facts -> hasSize(facts, 70_000, 3));
    }

    private static void hasSize(ImageFacts facts, int width, int height) {
        assertThat(facts.width()).isEqualTo(width);
        assertThat(facts.height()).isEqualTo(height);
    }

    @Test
    void theImageOfAnAvifFileIsItsLargestItem() {
        var file = ImageFiles.avif(List.of(new int[] {64, 64}, new int[] {1024, 768}, new int[] {512, 384}));

        assertThat(inspect(file)).hasValueSatisfying(facts -> hasSize(facts, 1024, 768));
    }

    @Test
    void aC2paManifestIsFoundInEachFormatThatHasAPlaceForIt() {
        assertThat(marks(ImageFiles.pngWith("caBX", "manifest")))
                .containsExactly(new Mark(Kind.C2PA, Optional.empty()));
        assertThat(marks(ImageFiles.jpegWith(0xEB, ImageFiles.jumbf("c2pa"))))
                .containsExactly(new Mark(Kind.C2PA, Optional.empty()));
        assertThat(marks(ImageFiles.webpWith("C2PA", "manifest")))
                .containsExactly(new Mark(Kind.C2PA, Optional.empty()));
        assertThat(marks(ImageFiles.avifWithManifest())).containsExactly(new Mark(Kind.C2PA, Optional.empty()));
    }

    @Test
    void otherBoxesInTheSegmentOfAManifestAreNone() {
        assertThat(marks(ImageFiles.jpegWith(0xEB, ImageFiles.jumbf("exif")))).isEmpty();
        assertThat(marks(ImageFiles.jpegWith(0xEB, "c2pa"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<rdf:Description Iptc4xmpExt:DigitalSourceType=\"" + SOURCE_TYPE + "\"/>",
                "<rdf:Description Iptc4xmpExt:DigitalSourceType = '" + SOURCE_TYPE + "'/>",
                "<Iptc4xmpExt:DigitalSourceType>" + SOURCE_TYPE + "</Iptc4xmpExt:DigitalSourceType>",
                "<Iptc4xmpExt:DigitalSourceType rdf:resource=\"" + SOURCE_TYPE + "\"/>"
            })
    void theDigitalSourceTypeIsReadHoweverXmpHasIt(String xmp) {
        var expected = new Mark(Kind.IPTC_DIGITAL_SOURCE_TYPE, Optional.of("trainedAlgorithmicMedia"));

        assertThat(marks(ImageFiles.pngWith("iTXt", "XML:com.adobe.xmp\0\0\0\0\0" + xmp)))
                .containsExactly(expected);
        assertThat(marks(ImageFiles.jpegWith(0xE1, "http://ns.adobe.com/xap/1.0/\0" + xmp)))
                .containsExactly(expected);
        assertThat(marks(ImageFiles.webpWith("XMP ", xmp))).containsExactly(expected);
        assertThat(marks(ImageFiles.avifWith("mdat", "<x:xmpmeta>" + xmp))).containsExactly(expected);
    }

    @Test
    void aTextOfThePngNamesTheProgram() {
        assertThat(marks(ImageFiles.pngWith("tEXt", "Software\0Easel 3")))
                .containsExactly(new Mark(Kind.PNG_TEXT, Optional.of("Software: Easel 3")));
        assertThat(marks(ImageFiles.pngWith("iTXt", "Software\0\0\0en\0\0Easel 4")))
                .containsExactly(new Mark(Kind.PNG_TEXT, Optional.of("Software: Easel 4")));
    }

    @Test
    void ofANoteOnParametersOnlyItsKeywordIsKept() {
        var marks = marks(ImageFiles.pngWith("tEXt", "parameters\0a cat, steps 20"));

        assertThat(marks).containsExactly(new Mark(Kind.PNG_TEXT, Optional.of("parameters")));
    }

    @Test
    void aLongTextIsCutOff() {
        var marks = marks(ImageFiles.pngWith("tEXt", "Software\0" + "x".repeat(5_000)));

        assertThat(marks.getFirst().value())
                .hasValueSatisfying(value -> assertThat(value).hasSize(Mark.MAX_LENGTH));
    }

    /** Four files of 32 MB are in memory at once, so a text must not be made of as much. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tEXtSoftware\0",
                "tEXtTitle\0",
                "tEXt",
                "zTXt",
                "iTXtSoftware\0\0\0en\0\0\u00c4\u0080",
                "iTXtXML:com.adobe.xmp\0\0\0\0\0"
            })
    void aLongTextNeedsLittleMemory(String chunk) {
        var image =
                new ImageBytes(ImageFiles.pngWith(chunk.substring(0, 4), chunk.substring(4) + "x".repeat(8_000_000)));
        Inspection.of(image);
        long before = allocated();

        Inspection.of(image);

        assertThat(allocated() - before).isLessThan(1_000_000);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void anyOtherTextOfThePngIsNoMark() {
        assertThat(marks(ImageFiles.pngWith("tEXt", "Title\0a cat"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html><body>504</body></html>", "GIF", "\u0089PNG\r\n\u001a\n", "RIFF", "\u00ff\u00d8\u00ff"
            })
    void whatIsNoImageHasNoFacts(String file) {
        assertThat(inspect(file.getBytes(ISO_8859_1))).isEmpty();
    }

    @Test
    void anImageWithoutPixelsHasNoFacts() {
        assertThat(inspect(ImageFiles.png(0, 5))).isEmpty();
        assertThat(inspect(ImageFiles.png(-1, 5))).isEmpty();
        assertThat(inspect(ImageFiles.gif(5, 0))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ContentType.class)
    void aFileThatIsCutOffAnywhereIsReadWithoutAnError(ContentType type) {
        var file = ImageFiles.of(type, 640, 480);

        for (int length = 0; length < file.length; length++) {
            assertThat(inspect(Arrays.copyOf(file, length)))
                    .satisfiesAnyOf(
                            facts -> assertThat(facts).isEmpty(),
                            facts -> assertThat(facts).hasValueSatisfying(found -> hasSize(found, 640, 480)));
        }
    }

    @ParameterizedTest
    @EnumSource(ContentType.class)
    void noBytesAreAnError(ContentType type) {
        var random = new Random(type.name().hashCode());
        var file = ImageFiles.of(type, 640, 480);

        for (int i = 0; i < 20_000; i++) {
            var changed = file.clone();
            for (int change = 0; change < 4; change++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            assertThat(inspect(changed)).isNotNull();
        }
    }

    private static Optional<ImageFacts> inspect(byte[] file) {
        return Inspection.of(new ImageBytes(file));
    }

    private static List<Mark> marks(byte[] file) {
        return inspect(file).orElseThrow().marks();
    }
}
