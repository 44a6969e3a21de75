package dev.darkroom.sigv4;

import dev.darkroom.httpclient.ByteRequest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Signs requests to a service of AWS, by Signature Version 4. */
public final class AwsSigner {

    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final AwsCredentialsProvider credentials;
    private final String service;
    private final String region;
    private final InstantSource clock;

    /** {@code service} is the name of the service in signatures, such as {@code s3}. */
    public AwsSigner(AwsCredentialsProvider credentials, String service, String region, InstantSource clock) {
        this.credentials = credentials;
        this.service = service;
        this.region = region;
        this.clock = clock;
    }

    /** The request with the headers of its signature. They name the hash of the body, so the service refuses any other body. */
    public ByteRequest signed(ByteRequest request) {
        var unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(request.method().name()))
                .uri(request.address());
        request.headers().forEach(unsigned::putHeader);
        var signed = signer.sign(sign -> common(sign.request(unsigned.build()))
                .payload(() -> new ByteArrayInputStream(request.body()))
                .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, true));
        var headers = new HashMap<String, String>();
        signed.request().forEachHeader((name, values) -> headers.put(name, values.getFirst()));
        return new ByteRequest(request.method(), request.address(), headers, request.body());
    }

    /** An address that everyone can read until {@code valid} has passed, by this method and without further headers. */
    public URI presigned(SdkHttpMethod method, URI address, Map<String, String> query, Duration valid) {
        var unsigned = SdkHttpRequest.builder().method(method).uri(address);
        query.forEach(unsigned::putRawQueryParameter);
        return signer.sign(sign -> common(sign.request(unsigned.build()))
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, valid))
                .request()
                .getUri();
    }

    /**
     * S3 encodes a path once and does not normalise it, unlike all other services, whose requests have no path here.
     */
    private SignRequest.Builder<AwsCredentialsIdentity> common(SignRequest.Builder<AwsCredentialsIdentity> sign) {
        return sign.identity(credentials.resolveCredentials())
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(clock.instant(), ZoneOffset.UTC));
    }
}
