package example;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.kinesis.producer.Attempt;
import software.amazon.kinesis.producer.KinesisProducer;
import software.amazon.kinesis.producer.KinesisProducerConfiguration;
import software.amazon.kinesis.producer.UserRecordFailedException;
import software.amazon.kinesis.producer.UserRecordResult;

/**
 * What people do with the KPL: HOST TLS-PORT MODE [records] [keys]. `warm`: over one connection, a record of its own goes first, and then
 * each one waits for the one before it of its key. `paced`: one every 10 ms. `cold`: all at once, as fast as they are taken, over as many connections as the KPL has by default. Ends with a
 * line of what it counted itself.
 */
public final class Kpl {
  private static final String STREAM = System.getenv().getOrDefault("KINESIS_ORDER_STREAM", "orders");
  private static final AtomicInteger ACKNOWLEDGED = new AtomicInteger();
  private static final AtomicInteger FAILED = new AtomicInteger();
  private static final AtomicInteger RETRIED = new AtomicInteger();
  private static final AtomicInteger WRONG_SHARD = new AtomicInteger();

  public static void main(String[] args) throws Exception {
    String mode = args[2];
    int records = args.length > 3 ? Integer.parseInt(args[3]) : 2000;
    int keys = args.length > 4 ? Integer.parseInt(args[4]) : 20;
    KinesisProducer producer = new KinesisProducer(configuration(args[0], Integer.parseInt(args[1]), mode));
    boolean isWarm = mode.equals("warm");
    if (isWarm) {
      put(producer, "warm-up", 0).get();
    }
    List<ListenableFuture<UserRecordResult>> all = new ArrayList<>();
    for (int n = 0; n < records; n++) {
      if (isWarm && n >= keys) {
        all.get(n - keys).get();
      }
      all.add(put(producer, "key-" + n % keys, n / keys));
      if (mode.equals("paced")) {
        Thread.sleep(10);
      }
    }
    producer.flushSync();
    for (ListenableFuture<UserRecordResult> future : all) {
      Futures.successfulAsList(List.of(future)).get();
    }
    producer.destroy();
    System.out.printf(
        "{\"counted\":{\"sent\":%d,\"acknowledged\":%d,\"failed\":%d,\"retried\":%d,\"wrongShard\":%d}}%n",
        records + (isWarm ? 1 : 0), ACKNOWLEDGED.get(), FAILED.get(), RETRIED.get(), WRONG_SHARD.get());
    System.exit(0);
  }

  private static KinesisProducerConfiguration configuration(String host, int port, String mode) {
    String region = System.getenv().getOrDefault("AWS_REGION", "us-east-1");
    return new KinesisProducerConfiguration()
        .setKinesisEndpoint(host)
        .setKinesisPort(port)
        .setCloudwatchEndpoint(host)
        .setCloudwatchPort(port)
        .setStsEndpoint(host)
        .setStsPort(port)
        .setVerifyCertificate(false)
        .setMetricsLevel("none")
        .setMaxConnections(mode.equals("warm") ? 1 : 24)
        .setRegion(region)
        .setCredentialsProvider(DefaultCredentialsProvider.create());
  }

  private static ListenableFuture<UserRecordResult> put(KinesisProducer producer, String key, int seq) {
    String data = "{\"seq\":" + seq + ",\"order\":\"" + key + "\"}";
    ListenableFuture<UserRecordResult> future =
        producer.addUserRecord(STREAM, key, ByteBuffer.wrap(data.getBytes(StandardCharsets.UTF_8)));
    Futures.addCallback(
        future,
        new FutureCallback<UserRecordResult>() {
          @Override
          public void onSuccess(UserRecordResult result) {
            ACKNOWLEDGED.incrementAndGet();
            count(result.getAttempts());
          }

          @Override
          public void onFailure(Throwable thrown) {
            FAILED.incrementAndGet();
            if (thrown instanceof UserRecordFailedException failed) {
              count(failed.getResult().getAttempts());
            }
          }
        },
        MoreExecutors.directExecutor());
    return future;
  }

  private static void count(List<Attempt> attempts) {
    if (attempts.size() > 1) {
      RETRIED.incrementAndGet();
    }
    for (Attempt attempt : attempts) {
      if ("Wrong Shard".equals(attempt.getErrorCode())) {
        WRONG_SHARD.incrementAndGet();
      }
    }
  }
}
