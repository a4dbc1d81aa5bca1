package dev.muster.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Handlers that keep what they were told, and notice being told twice. */
final class Outcomes {
    /** One outcome: the response or the failure, and which request it was, counted from 0. */
    record Outcome(int index, Object value) {
        HttpResponse response() {
            if (value instanceof HttpException why) {
                throw new AssertionError("request " + index + " failed", why);
            }
            return (HttpResponse) value;
        }

        HttpException failure() {
            if (value instanceof HttpResponse response) {
                throw new AssertionError("request " + index + " was answered: " + response);
            }
            return (HttpException) value;
        }
    }

    private final BlockingQueue<Outcome> told = new LinkedBlockingQueue<>();
    private int handlers;

    /** A handler for the next request. */
    HttpClient.Handler next() {
        int index = handlers++;
        return new HttpClient.Handler() {
            @Override
            public void done(HttpResponse response) {
                told.add(new Outcome(index, response));
            }

            @Override
            public void failed(HttpException why) {
                told.add(new Outcome(index, why));
            }
        };
    }

    /** Waits for {@code count} outcomes; answers them by request, each of which must have just one. */
    List<Outcome> await(int count) throws InterruptedException {
        List<Outcome> byRequest = new ArrayList<>();
        for (int i = 0; i < handlers; i++) {
            byRequest.add(null);
        }
        for (int i = 0; i < count; i++) {
            Outcome outcome = told.poll(30, TimeUnit.SECONDS);
            if (outcome == null) {
                throw new AssertionError("only " + i + " outcomes of " + count);
            }
            if (byRequest.set(outcome.index(), outcome) != null) {
                throw new AssertionError("request " + outcome.index() + " was told twice");
            }
        }
        return byRequest;
    }

    /** Outcomes beyond those awaited. */
    int left() {
        return told.size();
    }
}
