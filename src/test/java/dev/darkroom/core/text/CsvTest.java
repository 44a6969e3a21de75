package dev.darkroom.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @Test
    void cellsAreQuoted() {
        assertThat(Csv.line(List.of("a", "", "b, \"c\"\nd"))).isEqualTo("\"a\",\"\",\"b, \"\"c\"\"\nd\"\r\n");
    }

    @Test
    void aNegativeNumberStaysANumber() {
        assertThat(Csv.line("=1", List.of(new BigDecimal("-0.040000"), BigDecimal.TWO)))
                .isEqualTo("\"'=1\",\"-0.040000\",\"2\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=HYPERLINK(\"x\")", "＝1"})
    void aSpreadsheetTakesNoCellForAFormula(String text) {
        assertThat(Csv.line(List.of(text))).startsWith("\"'" + text.charAt(0));
    }
}
