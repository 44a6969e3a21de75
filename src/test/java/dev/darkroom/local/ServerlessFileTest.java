package dev.darkroom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerlessFileTest {

    private static final String IMAGES = "DARKROOM_BUDGET_IMAGES_PER_MINUTE";
    private static final Path PROJECT = Path.of("").toAbsolutePath();

    @Test
    void aParameterIsWhatWasAskedFor() {
        assertThat(submitVariables(Map.of())).containsEntry(IMAGES, "");
        assertThat(submitVariables(Map.of("imagesPerMinute", "60"))).containsEntry(IMAGES, "60");
    }

    @Test
    void aValueMayHaveSpaces() {
        assertThat(Main.parameters(" shards=2  scheduleRate=rate(2 minutes) corsOrigin="))
                .isEqualTo(Map.of("shards", "2", "scheduleRate", "rate(2 minutes)", "corsOrigin", ""));
        assertThat(Main.parameters("")).isEmpty();
        assertThatThrownBy(() -> Main.parameters("shards")).hasMessage("PARAMS must be name=value …, not shards");
    }

    @Test
    void aParameterThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> new ServerlessFile(PROJECT, Map.of("imagesPerHour", "60")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no parameter imagesPerHour in infra/parameters.yml");
    }

    /** A submission whose path has a slash too many comes over it, and must not be refused for want of rights. */
    @Test
    void theDefaultRouteLeadsToTheFunctionThatMaySubmit() {
        var functions = new ServerlessFile(PROJECT, Map.of()).functions();

        assertThat(functions)
                .filteredOn(function ->
                        function.routes().stream().anyMatch(route -> route.key().equals("$default")))
                .singleElement()
                .satisfies(function -> assertThat(function.name()).isEqualTo("submit-generation"));
    }

    @Test
    void theWeeklySchedulesAreNotForThisMachine() {
        assertThat(new ServerlessFile(PROJECT).schedules())
                .containsExactly(new ScheduleSpec("poll-generations", "{\"shards\": []}"));
    }

    @Test
    void aStateMachineHereIsInTheUsualPartition() {
        assertThat(new ServerlessFile(PROJECT).stateMachines())
                .hasSize(2)
                .allSatisfy(machine -> assertThat(machine.substitutions()).containsEntry("Partition", "aws"));
    }

    private static Map<String, String> submitVariables(Map<String, String> parameters) {
        return new ServerlessFile(PROJECT, parameters)
                .functions().stream()
                        .filter(function -> function.name().equals("submit-generation"))
                        .findFirst()
                        .orElseThrow()
                        .environment();
    }
}
