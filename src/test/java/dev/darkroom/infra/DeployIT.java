package dev.darkroom.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code make deploy} refuses before it calls AWS, in one line that names the mistake. */
class DeployIT {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shards=abc            | shards must be a whole number from 1 to 1000, not abc.
            shards=1001           | shards must be a whole number from 1 to 1000, not 1001.
            shards=               | shards must be a whole number from 1 to 1000.
            shards                | shards must be a whole number from 1 to 1000.
            imagesPerMinute=60001 | imagesPerMinute must be a whole number from 1 to 60000, or empty, not 60001.
            providerUrl=https://a?b | providerUrl must be an address, https://…, without user, query and fragment, not https://a?b.
            publicUrl=https://a@b | publicUrl must be an address, https://…, without user, query and fragment, or empty, not https://a@b.
            resubmitAfter=PT9M    | resubmitAfter must be PT10M or more, in minutes or hours, or empty, not PT9M.
            rowRetention=30d      | rowRetention must be days, from P8D to P999D, not 30d.
            rowRetention=P7D      | rowRetention must be days, from P8D to P999D, not P7D.
            rowRetention=PT36H    | rowRetention must be days, from P8D to P999D, not PT36H.
            imageRetention=30     | imageRetention must be days, from P1D to P999D, not 30.
            imageRetention=P31D   | imageRetention=P31D is longer than rowRetention=P30D: the links of images need their rows.
            rowRetention=P9D imageRetention=P10D | imageRetention=P10D is longer than rowRetention=P9D
            keepImages=no         | keepImages must be true or false, not no.
            keepImages=false imagesKey=1234 | imagesKey has no effect with keepImages=false.
            keepImages=false imageRetention=P9D | imageRetention has no effect with keepImages=false.
            imagesKey=arn:aws:kms:x | imagesKey must be the id of a KMS key, not its ARN or an alias, or empty, not arn:aws:kms:x.
            modelAliases=a/b      | modelAliases must be path=model in lower case, with commas between several, or empty, not a/b.
            modelAliases=A/b=c/d  | modelAliases must be path=model in lower case
            modelAliases=a/b=c/d  | modelAliases: a/b leads to c/d, which is not in the catalogue.
            modelAliases=models/a=wavespeed-ai/imagen4 | modelAliases: models/a cannot be requested: paths that begin with models/ are other endpoints.
            modelAliases=a/b=a/b  | modelAliases: a/b leads back to itself.
            modelAliases=wavespeed-ai/imagen4=bytedance/seedream-v4.5 | modelAliases: wavespeed-ai/imagen4 leads to bytedance/seedream-v4.5, and the two do not agree on negative_prompt, aspect_ratio, num_images, seed, size. Nothing says
            modelAliases=wavespeed-ai/imagen4=house/best,house/best=bytedance/seedream-v4.5 | modelAliases: wavespeed-ai/imagen4 leads to bytedance/seedream-v4.5, and the two do not agree on
            logRetention=31       | logRetention must be a number of days that CloudWatch knows
            scheduleRate=often    | scheduleRate must be rate(1 minute), or cron(…) with six fields, not often.
            scheduleRate=rate(0 minutes) | scheduleRate must be rate(1 minute)
            scheduleRate=rate(11 minutes) | scheduleRate=rate(11 minutes) is too rare
            logLevel=TRACEE       | logLevel must be DEBUG, INFO, WARN or ERROR, not TRACEE.
            alarmEmail=no-address | alarmEmail must be a mail address, or empty, not no-address.
            throttleRate=x        | throttleRate must be a whole number
            corsOrigin=https://a/ | corsOrigin must be an origin, https://…, without user and path, or empty, not https://a/.
            publicUrl=https://x | publicUrl needs webhookSecret
            domainName=Images.example.com | domainName must be a domain in lower case, such as images.example.com, or empty, not Images.example.com.
            domainName=a.example  | domainName needs domainCertificate: API Gateway serves a domain with its certificate only.
            domainCertificate=arn:aws:acm:us-east-1:123456789012:certificate/1 | domainCertificate needs domainName.
            domainBasePath=v2     | domainBasePath needs domainName.
            domainBasePath=/v2    | domainBasePath must be a path without a slash at its ends, or empty, not /v2.
            domainName=a.example domainCertificate=arn:aws:acm:us-east-1:123456789012:certificate/1 | domainName needs webhookSecret: webhooks come to the domain
            disableExecuteApi=true | disableExecuteApi=true needs domainName: nothing else would answer.
            jwtIssuer=login.example.com | jwtIssuer must be an address, https://…, or empty, not login.example.com.
            jwtIssuer=https://login.example.com | jwtIssuer and jwtAudience need each other
            jwtAudience=gateway   | jwtIssuer and jwtAudience need each other
            jwtOwnerClaim=sub     | jwtOwnerClaim needs jwtIssuer and jwtAudience.
            tags=team             | tags must be name=value, with commas between several, without blanks, or empty, not team.
            tags=aws:team=a       | tags must be name=value
            permissionsBoundary=boundary | permissionsBoundary must be the ARN of a policy, or empty, not boundary.
            rollbackMinutes=181   | rollbackMinutes must be a whole number of minutes from 0 to 180, not 181.
            keepLogs=yes          | keepLogs must be true or false, not yes.
            tracing=Active        | tracing must be true or false, not Active.
            unknownParameters=drop | unknownParameters must be refuse or ignore, not drop.
            packaging=rpm         | packaging must be zip, image or jvm, not rpm.
            packaging=jvm shard=2 | There is no parameter shard: did you mean shards?
            region=eu-west-1      | There is no parameter region: set REGION=eu-west-1.
            """)
    void aParameterThatCannotBe(String parameters, String refusal) {
        assertThat(refused("dev", parameters)).startsWith(refusal).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"my_stage", "Pro d", "Prod", "a-stage-that-has-more-letters-than-a-name-may-have"})
    void aStageThatCannotBeInNames(String stage) {
        assertThat(refused(stage, ""))
                .isEqualTo("STAGE must be 1 to 32 lower-case letters, digits and hyphens, not %s.%n".formatted(stage));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scheduleRate=cron(0/5 * * * ? *)",
                "modelAliases=wavespeed-ai/imagen4=google/nano-banana-2/text-to-image,house/best=bytedance/seedream-v4.5",
                "modelAliases=google/imagen4=google/imagen4-fast unknownParameters=ignore",
                "imageRetention=P8D imagesKey=1234abcd-12ab-34cd-56ef-1234567890ab keepImages=true",
                "keepImages=false",
                "tags=team=images,cost-centre=1=2 rollbackMinutes=0 permissionsBoundary=arn:aws:iam::123456789012:policy/b",
                "jwtIssuer=https://login.example.com/ jwtAudience=a,b jwtOwnerClaim=cognito:username keepLogs=true",
                "domainName=a.example domainCertificate=arn:aws:acm:us-east-1:123456789012:certificate/1 domainBasePath=v2/a webhookSecret=s functionUrl=true disableExecuteApi=true",
                "rowRetention=P8D resubmitAfter=PT10M corsOrigin= alarmEmail=a@b.example"
            })
    void validParametersReachTheCheckOfTheArtifact(String parameters) {
        // The artifact under test is for the JVM or for this machine's architecture.
        var other = System.getProperty("os.arch").equals("aarch64") ? "x86_64" : "arm64";

        assertThat(refused("dev", "arch=%s %s".formatted(other, parameters)))
                .matches("(?s)target/function.zip is for the JVM.*|The native executable is for .*");
    }

    /** Its aliases would be checked against models that the deployed functions do not have. */
    @ParameterizedTest
    @ValueSource(strings = {"models", "src/main/resources/models"})
    void anArtifactThatWasBuiltBeforeAModelFileChanged(String models, @TempDir Path temp)
            throws IOException, InterruptedException {
        var account = new FakeAccount(temp);
        var file = newer(temp, models + "/house/best.json");

        var ended = account.deploy();

        assertThat(ended.output())
                .isEqualTo("%s is newer than target/function.zip: build it again (make package).%n".formatted(file));
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.calls()).isEmpty();
    }

    @Test
    void anArtifactThatWasBuiltBeforeAModelFileWasRemoved(@TempDir Path temp) throws IOException, InterruptedException {
        var account = new FakeAccount(temp);
        Files.delete(temp.resolve("project").resolve(newer(temp, "models/house/best.json")));
        setTimeAfterTheBuild(temp.resolve("project/models/house"));

        var ended = account.deploy();

        assertThat(ended.output())
                .startsWith("A file was added to models")
                .endsWith("or removed from it, after target/function.zip was built: build it again (make package).%n"
                        .formatted());
        assertThat(ended.exitCode()).isEqualTo(1);
    }

    /** Makes a file whose time is after the build. */
    private static String newer(Path temp, String path) throws IOException {
        var file = temp.resolve("project").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{}");
        setTimeAfterTheBuild(file);
        return path;
    }

    private static void setTimeAfterTheBuild(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
    }

    private static String refused(String stage, String parameters) {
        try {
            var output = Files.createTempFile("deploy", ".txt");
            var builder = new ProcessBuilder("node", "infra/deploy.mjs", "deploy")
                    .directory(Path.of("").toAbsolutePath().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("STAGE", stage);
            builder.environment().put("PARAMS", parameters);
            assertThat(builder.start().waitFor()).isEqualTo(1);
            var text = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
