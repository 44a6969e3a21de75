package dev.darkroom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.bench.report.Report.Row;
import dev.darkroom.bench.report.StartChart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class StartChartTest {

    @Test
    void theFastestIsAtTheTopAndTenTimesAsLongIsAlwaysAsFar() throws Exception {
        var chart = new StartChart(List.of(row("JVM", 1000), row("native", 10), row("Node", 100)));

        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(chart.toString().getBytes(StandardCharsets.UTF_8)));

        var points = document.getElementsByTagName("circle");
        assertThat(points.getLength()).isEqualTo(3);
        var first = (Element) points.item(0);
        var second = (Element) points.item(1);
        var third = (Element) points.item(2);
        assertThat(first.getAttribute("class")).isEqualTo("us");
        assertThat(number(second, "cx") - number(first, "cx")).isEqualTo(number(third, "cx") - number(second, "cx"));
        assertThat(number(first, "cy")).isLessThan(number(second, "cy"));
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static Row row(String subject, double median) {
        return new Row("first /next", "get", subject, "ms", 1, median, median, median, median, median, median, median);
    }
}
