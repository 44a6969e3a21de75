package dev.darkroom.wiring;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Header;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Lets the JDK count the bytes of a request's body. With a length that it is given it streams the body, and before a POST
 * that it streams on a kept connection it waits a millisecond to see whether the server has closed it. A body that it has
 * buffered it sends once more when a kept connection breaks, as the SDK would: every write is conditional and recognises
 * itself, a second kick finds the lease taken, and a task takes one answer only. The paid POST takes another way.
 */
final class BufferedBodies implements ExecutionInterceptor {

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        return context.httpRequest().toBuilder()
                .removeHeader(Header.CONTENT_LENGTH)
                .build();
    }
}
