package dev.darkroom.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The alarms and the dashboard of the packaged template, and what an operator reads about them. */
class MonitoringIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern RUNBOOK = Pattern.compile("(?m)^### (\\S+)$");
    private static final String DEFAULTS = "zip-arm64";

    @BeforeAll
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    static void packageIt() throws IOException, InterruptedException {
        InfraTools.packageVariants();
    }

    @Test
    void everyAlarmHasARunbookAndEveryRunbookAnAlarm() throws IOException {
        var section = Files.readString(InfraTools.PROJECT.resolve("docs/operations.md"))
                .replaceFirst("(?s).*?\n## Alarms\n", "")
                .replaceFirst("(?s)\n## .*", "");
        var alarms = template(DEFAULTS).resources("AWS::CloudWatch::Alarm").values().stream()
                .map(alarm -> alarm.at("/Properties/AlarmName").asText().replace("darkroom-dev-", ""))
                .toList();

        assertThat(RUNBOOK.matcher(section).results().map(heading -> heading.group(1)))
                .containsExactlyInAnyOrderElementsOf(alarms);
    }

    @Test
    void everyFunctionAndEveryAlarmIsOnTheDashboard() throws IOException {
        var template = template(DEFAULTS);
        var dashboard = template.root()
                .at("/Resources/Dashboard/Properties/DashboardBody/Fn::Sub")
                .asText();

        assertThat(template.resources("AWS::Lambda::Function").keySet())
                .isNotEmpty()
                .allSatisfy(
                        function -> assertThat(dashboard).contains("\"FunctionName\", \"${%s}\"".formatted(function)));
        assertThat(template.resources("AWS::CloudWatch::Alarm").keySet())
                .isNotEmpty()
                .allSatisfy(alarm -> assertThat(dashboard).contains("\"${%s.Arn}\"".formatted(alarm)));
    }

    /** A metric that is written only when there is something to count has no data otherwise. */
    @Test
    void everyMetricOfAnAlarmIsFilled() throws IOException {
        assertThat(template(DEFAULTS).resources("AWS::CloudWatch::Alarm"))
                .isNotEmpty()
                .allSatisfy((id, alarm) -> {
                    var metrics = alarm.at("/Properties/Metrics");
                    var expressions = String.join(" ", metrics.findValuesAsText("Expression"));
                    assertThat(measured(metrics))
                            .as(id)
                            .isNotEmpty()
                            .hasSizeLessThanOrEqualTo(10)
                            .allSatisfy(metric -> assertThat(expressions).contains("FILL(%s, 0)".formatted(metric)));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "FailedAlarm, 'IF(ended > 100, 100 * faults / ended, faults)'",
        "UnconfirmedAlarm, 'IF(ended > 100, 100 * unknown / ended, unknown)'",
        "ErrorsAlarm, 'IF(requests > 100, 100 * errors / requests, errors)'",
        "ThrottlesAlarm, 'IF(starts > 100, 100 * throttles / starts, throttles)'"
    })
    void withMuchTrafficTheThresholdIsAPercentage(String id, String rate) throws IOException {
        assertThat(alarm(DEFAULTS, id).at("/Metrics/0/Expression").asText()).isEqualTo(rate);
    }

    @ParameterizedTest
    @CsvSource({
        "zip-arm64, QueueLengthAlarm, 1000",
        "every-parameter, QueueLengthAlarm, 300",
        "zip-arm64, ImagesPerDayAlarm, 10000",
        "every-parameter, ImagesPerDayAlarm, 2000",
        "zip-arm64, MoneyPerDayAlarm, 500",
        "every-parameter, MoneyPerDayAlarm, 50"
    })
    void theLoadThatIsAnAlarmIsAParameter(String variant, String id, int threshold) throws IOException {
        assertThat(alarm(variant, id).path("Threshold").asInt()).isEqualTo(threshold);
    }

    private static List<String> measured(JsonNode metrics) {
        return metrics.valueStream()
                .filter(metric -> metric.has("MetricStat"))
                .map(metric -> metric.path("Id").asText())
                .toList();
    }

    private static JsonNode alarm(String variant, String id) throws IOException {
        return template(variant).root().at("/Resources/%s/Properties".formatted(id));
    }

    private static PackagedTemplate template(String variant) throws IOException {
        return new PackagedTemplate(JSON.readTree(InfraTools.template(variant).toFile()));
    }
}
