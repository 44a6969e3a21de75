package dev.darkroom.operator;

import dev.darkroom.operator.OperatorCli.OperatorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileProperty;

/**
 * The region of a deployed stage, by the rule of {@code infra/region.mjs}: {@code REGION}, else the region of the AWS
 * CLI.
 *
 * @param source the variable or profile that names the region
 */
record StageRegion(String name, String source) {

    private static final String DEFAULT = "us-east-1";
    private static final Pattern FORM = Pattern.compile("[a-z]{2,}(-[a-z]+)+-\\d+");

    StageRegion {
        if (!FORM.matcher(name).matches()) {
            throw new OperatorException("%s must be a region, such as us-east-1, not %s".formatted(source, name));
        }
    }

    /** Throws an {@link OperatorException} when the source does not name a valid region. */
    static StageRegion of(Map<String, String> environment) {
        var profile = profile(environment).orElse("default");
        return Stream.of("REGION", "AWS_REGION", "AWS_DEFAULT_REGION")
                .flatMap(variable -> given(environment, variable).map(name -> new StageRegion(name, variable)).stream())
                .findFirst()
                .or(() -> ofProfile(environment, profile).map(name -> new StageRegion(name, "the profile " + profile)))
                .orElseGet(() -> new StageRegion(DEFAULT, "the default"));
    }

    /** The profile by the CLI's two variables; the SDK knows only one of them. */
    static Optional<String> profile(Map<String, String> environment) {
        return given(environment, "AWS_PROFILE").or(() -> given(environment, "AWS_DEFAULT_PROFILE"));
    }

    private static Optional<String> ofProfile(Map<String, String> environment, String profile) {
        var folder = Path.of(environment.getOrDefault("HOME", "")).resolve(".aws");
        // In the CLI, the credentials file takes precedence.
        return region(
                        file(environment, "AWS_SHARED_CREDENTIALS_FILE", folder.resolve("credentials")),
                        ProfileFile.Type.CREDENTIALS,
                        profile)
                .or(() -> region(
                        file(environment, "AWS_CONFIG_FILE", folder.resolve("config")),
                        ProfileFile.Type.CONFIGURATION,
                        profile));
    }

    private static Path file(Map<String, String> environment, String variable, Path otherwise) {
        return given(environment, variable).map(Path::of).orElse(otherwise);
    }

    private static Optional<String> region(Path file, ProfileFile.Type type, String profile) {
        return Files.exists(file)
                ? ProfileFile.builder()
                        .content(file)
                        .type(type)
                        .build()
                        .profile(profile)
                        .flatMap(found -> found.property(ProfileProperty.REGION))
                : Optional.empty();
    }

    private static Optional<String> given(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable)).map(String::strip).filter(value -> !value.isEmpty());
    }

    @Override
    public String toString() {
        return "%s (%s)".formatted(name, source);
    }
}
