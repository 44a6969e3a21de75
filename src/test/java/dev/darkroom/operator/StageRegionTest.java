package dev.darkroom.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.operator.OperatorCli.OperatorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StageRegionTest {

    private static final String CONFIG = """
            [default]
            s3 =
              region = us-gov-west-1
            region = eu-north-1
            [profile other]
            region=us-west-2
            [profile third]
            output = json
            """;

    @TempDir
    private Path home = Path.of("");

    /** The same rule as in dev.darkroom.infra.DeployToAccountIT. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            eu-west-1 | eu-west-2 | eu-west-3 |       | eu-west-1 (REGION)
                      | eu-west-2 | eu-west-3 |       | eu-west-2 (AWS_REGION)
                      |           | eu-west-3 |       | eu-west-3 (AWS_DEFAULT_REGION)
                      |           |           |       | eu-north-1 (the profile default)
                      |           |           | other | us-west-2 (the profile other)
                      |           |           | third | us-east-1 (the default)
            """)
    void theRegionIsThatOfOneRule(
            @Nullable String region,
            @Nullable String awsRegion,
            @Nullable String awsDefaultRegion,
            @Nullable String profile,
            String expected)
            throws IOException {
        Files.createDirectories(home.resolve(".aws"));
        Files.writeString(home.resolve(".aws/config"), CONFIG);
        var environment = new HashMap<>(Map.of("HOME", home.toString()));
        environment.put("REGION", region == null ? "" : region);
        environment.put("AWS_REGION", awsRegion == null ? " " : awsRegion);
        environment.put("AWS_DEFAULT_REGION", awsDefaultRegion == null ? "" : awsDefaultRegion);
        environment.put("AWS_PROFILE", profile == null ? "" : profile);

        assertThat(StageRegion.of(environment)).hasToString(expected);
    }

    @Test
    void withoutAnySettingItIsTheDefault() {
        assertThat(StageRegion.of(Map.of("HOME", home.toString()))).hasToString("us-east-1 (the default)");
    }

    @Test
    void theFilesMayBeElsewhere() throws IOException {
        var config = Files.writeString(home.resolve("config"), CONFIG);
        var credentials = Files.writeString(home.resolve("credentials"), "[third]\nregion = ap-south-1\n");
        var environment = Map.of(
                "AWS_CONFIG_FILE", config.toString(),
                "AWS_SHARED_CREDENTIALS_FILE", credentials.toString(),
                "AWS_DEFAULT_PROFILE", "third");

        assertThat(StageRegion.of(environment)).hasToString("ap-south-1 (the profile third)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"us-east1", "Frankfurt", "eu-central"})
    void anInvalidNameIsRefused(String name) {
        var environment = Map.of("HOME", home.toString(), "AWS_REGION", name);

        assertThatThrownBy(() -> StageRegion.of(environment))
                .isInstanceOf(OperatorException.class)
                .hasMessage("AWS_REGION must be a region, such as us-east-1, not " + name);
    }
}
