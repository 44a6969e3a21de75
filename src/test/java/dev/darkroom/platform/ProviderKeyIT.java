package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.local.declared.Arns;
import dev.darkroom.local.iam.Permission;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The functions read the provider's key by their roles. */
class ProviderKeyIT {

    private static final String READ = "secretsmanager:GetSecretValue";
    private static final String SECRET =
            Arns.secret("darkroom/wavespeed-api-key").replaceFirst("[A-Za-z]{6}$", "??????");

    @Test
    void thoseThatCallTheProviderReadItsKeyAndNoOtherFunctionMay() {
        try (var gateway = RunningPlatform.start(RunningPlatform.options())) {
            gateway.warmUp();
            gateway.completed(gateway.submitted("a cat"));

            var iam = gateway.platform().iam();
            assertThat(iam.declared().stream()
                            .filter(permission -> permission.action().equals(READ)))
                    .containsExactlyInAnyOrderElementsOf(
                            List.of("submit-generation", "poll-generations", "poll-few-generations", "start-generation")
                                    .stream()
                                    .map(function -> new Permission(function, READ, SECRET))
                                    .toList());
            assertThat(iam.times(new Permission("submit-generation", READ, SECRET)))
                    .isPositive();
            assertThat(iam.denied()).isEmpty();
        }
    }

    /** The provider refuses the key that the functions have read, and its new key is in the store. */
    @Test
    void aRotationNeedsNeitherADeploymentNorANewProcess() {
        try (var gateway = RunningPlatform.start(RunningPlatform.options())) {
            gateway.completed(gateway.submitted("a cat"));
            var processes = gateway.platform().processes("submit-generation");

            gateway.platform().secrets().replace("new-key");
            gateway.platform().simulator().acceptOnly("new-key");

            gateway.completed(gateway.submitted("a dog"));
            assertThat(gateway.platform().processes("submit-generation")).containsAll(processes);
            assertThat(gateway.platform().simulator().billedPredictions()).hasSize(2);
        }
    }

    /** The function asks for a secret that its role does not allow. */
    @Test
    void withoutTheSecretARequestWaitsAndTheLogSaysWhy() {
        var wrong = RunningPlatform.options()
                .withEnvironment(Map.of("DARKROOM_WAVESPEED_API_KEY_SECRET", "another-secret"));
        try (var gateway = RunningPlatform.start(wrong)) {
            var id = gateway.submitted("a cat");

            assertThat(gateway.result(id).getString("data.status")).isEqualTo("created");
            assertThat(gateway.logSince(0))
                    .anyMatch(line -> line.contains("secret-not-read") && line.contains("AccessDeniedException"));
            assertThat(gateway.platform().simulator().posts()).isZero();
        }
    }
}
