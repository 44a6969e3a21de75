package dev.darkroom.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketAddressTest {

    @ParameterizedTest
    @CsvSource({
        "eu-central-1, , https://a-bucket.s3.eu-central-1.amazonaws.com/images/0/1",
        "cn-north-1, , https://a-bucket.s3.cn-north-1.amazonaws.com.cn/images/0/1",
        "us-east-1, http://localhost:8080, http://localhost:8080/a-bucket/images/0/1",
        "us-east-1, https://storage.example/s3/, https://storage.example/s3/a-bucket/images/0/1"
    })
    void anObjectIsUnderItsBucket(String region, @Nullable URI endpoint, URI address) {
        var bucket = new BucketAddress("a-bucket", region, Optional.ofNullable(endpoint));

        assertThat(bucket.of("images/0/1")).isEqualTo(address);
    }
}
