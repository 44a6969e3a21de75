package dev.darkroom.operator;

import dev.darkroom.core.archive.ImageArchive;
import dev.darkroom.operator.OperatorCli.OperatorException;
import dev.darkroom.s3.ImagesConfig;
import dev.darkroom.s3.S3ImageArchive;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The deployment that a command is for: a stage on AWS, or the platform that runs on this machine. */
final class Deployment {

    private static final String DEFAULT_PORT = "8080";
    private static final String LOCAL_SECRET = "local";
    private static final String LOCAL_TABLE_KEY = "local";

    /** The storage of this machine knows one access key, which is that of the function that signs links. */
    private static final String LOCAL_BUCKET_KEY = "get-image";

    private static final Pattern TABLE_ARN = Pattern.compile("arn:[^:]+:dynamodb:[^:]+:(\\d{12}):table/.+");

    private record Images(Optional<String> bucket, Optional<URI> endpoint, Duration retention) implements ImagesConfig {

        /** Only links are made, which do not depend on the retention. */
        Images(String bucket, Optional<URI> endpoint) {
            this(Optional.of(bucket), endpoint, Duration.ZERO);
        }
    }

    private final Map<String, String> environment;
    private final Path project;

    /** {@code STAGE} or {@code PORT} in the environment selects the deployment. */
    Deployment(Map<String, String> environment, Path project) {
        this.environment = environment;
        this.project = project;
    }

    Optional<String> stage() {
        return given("STAGE");
    }

    StageRegion region() {
        return StageRegion.of(environment);
    }

    /** For messages, such as "of stage prod in us-east-1". */
    String place() {
        return stage().map(stage -> "of stage %s in %s".formatted(stage, region().name()))
                .orElseGet(() -> "on this machine (port %s)".formatted(port()));
    }

    String tableName() {
        return stage().map("darkroom-%s-generations"::formatted)
                .orElseGet(() -> running().tableName());
    }

    /** The platform on this machine; throws an {@link OperatorException} when nothing runs. */
    LocalPlatform running() {
        return LocalPlatform.at(project, port());
    }

    DynamoDbClient client() {
        var builder = DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
        if (stage().isPresent()) {
            return builder.region(Region.of(region().name()))
                    .credentialsProvider(credentials())
                    .build();
        }
        return builder.region(Region.US_EAST_1)
                .endpointOverride(running().table())
                .credentialsProvider(local(LOCAL_TABLE_KEY))
                .build();
    }

    /** The bucket of the images; throws an {@link OperatorException} when none are kept on this machine. */
    ImageArchive archive(DynamoDbClient client) {
        return stage().map(stage -> new S3ImageArchive(
                        new Images(bucketOf(stage, client), Optional.empty()),
                        region().name(),
                        credentials(),
                        InstantSource.system()))
                .orElseGet(this::archiveOnThisMachine);
    }

    private S3ImageArchive archiveOnThisMachine() {
        var bucket =
                running().bucket().orElseThrow(() -> new OperatorException("no images are kept %s".formatted(place())));
        return new S3ImageArchive(
                new Images(bucket.name(), Optional.of(bucket.address())),
                Region.US_EAST_1.id(),
                local(LOCAL_BUCKET_KEY),
                InstantSource.system());
    }

    /** The name as in {@code infra/resources/images.yml}; the account is that of the table. */
    private String bucketOf(String stage, DynamoDbClient client) {
        var arn = client.describeTable(table -> table.tableName(tableName()))
                .table()
                .tableArn();
        var account = TABLE_ARN.matcher(arn);
        if (!account.matches()) {
            throw new OperatorException("the table has an unexpected ARN: " + arn);
        }
        return "darkroom-%s-%s-%s".formatted(stage, account.group(1), region().name());
    }

    private static AwsCredentialsProvider local(String accessKey) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, LOCAL_SECRET));
    }

    private AwsCredentialsProvider credentials() {
        var builder = DefaultCredentialsProvider.builder();
        StageRegion.profile(environment).ifPresent(builder::profileName);
        var provider = builder.build();
        try {
            provider.resolveCredentials();
            return provider;
        } catch (SdkClientException _) {
            throw new OperatorException(
                    "there are no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        }
    }

    private String port() {
        return given("PORT").orElse(DEFAULT_PORT);
    }

    private Optional<String> given(String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
    }
}
