import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.KinesisClientUtil;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.RetrievalSpecificConfig;
import software.amazon.kinesis.retrieval.fanout.FanOutConfig;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/**
 * An application of the KCL: polling | fan-out, and good | drops | throws | ahead. `drops`: it leaves its second batch. `throws`: it
 * throws at its second batch, before it works on it. `ahead`: it stores the checkpoint first, and takes 50 ms a record. Kinesis and
 * DynamoDB are where the environment says (AWS_ENDPOINT_URL_…). It counts what it gave and what it left.
 */
public final class Kcl {
  private static final String STREAM = System.getenv().getOrDefault("KINESIS_ORDER_STREAM", "orders");
  private static final String APPLICATION = "kcl-" + STREAM;
  private static final String WORKER = "w" + ProcessHandle.current().pid();
  private static final AtomicInteger BATCHES = new AtomicInteger();
  private static final AtomicInteger GIVEN = new AtomicInteger();
  private static final AtomicInteger LEFT = new AtomicInteger();

  public static void main(String[] args) {
    var kinesis = KinesisClientUtil.createKinesisAsyncClient(KinesisAsyncClient.builder());
    var begin = InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON);
    var configs =
        new ConfigsBuilder(
            new SingleStreamTracker(STREAM, begin),
            APPLICATION,
            kinesis,
            DynamoDbAsyncClient.create(),
            CloudWatchAsyncClient.create(),
            WORKER,
            () -> new Processor(args[1]));
    RetrievalSpecificConfig how =
        args[0].equals("fan-out")
            ? new FanOutConfig(kinesis).streamName(STREAM).applicationName(APPLICATION)
            : new PollingConfig(STREAM, kinesis).idleTimeBetweenReadsInMillis(500);
    // As short as a test wants them: by default a worker waits a minute after it has made its leases, and two minutes for
    // the leader that was killed.
    new Scheduler(
            configs.checkpointConfig(),
            configs.coordinatorConfig().parentShardPollIntervalMillis(1000),
            configs
                .leaseManagementConfig()
                .failoverTimeMillis(3000)
                .shardSyncIntervalMillis(1000)
                .dynamoDbLockBasedLeaderLeaseDurationInMillis(6000L)
                .dynamoDbLockBasedLeaderHeartbeatPeriodInMillis(2000L),
            configs.lifecycleConfig(),
            configs.metricsConfig().metricsFactory(new NullMetricsFactory()),
            configs.processorConfig(),
            configs.retrievalConfig().retrievalSpecificConfig(how))
        .run();
  }

  private static final class Processor implements ShardRecordProcessor {
    private final String mode;
    private OrderLines lines;

    Processor(String mode) {
      this.mode = mode;
    }

    @Override
    public void initialize(InitializationInput input) {
      lines = new OrderLines(input.shardId(), WORKER);
      var at = input.extendedSequenceNumber();
      lines.tell("start", ",\"at\":\"" + at.sequenceNumber() + "\",\"sub\":" + at.subSequenceNumber());
    }

    @Override
    public void processRecords(ProcessRecordsInput input) {
      List<KinesisClientRecord> records = input.records();
      boolean isSecond = BATCHES.incrementAndGet() == 2;
      if (isSecond && (mode.equals("drops") || mode.equals("throws"))) {
        count(LEFT, records.size());
        if (mode.equals("throws")) {
          throw new IllegalStateException("a record that it cannot read");
        }
      } else if (mode.equals("ahead")) {
        checkpoint(input.checkpointer(), records);
        records.forEach(this::slowly);
        return;
      } else {
        count(GIVEN, records.size());
        lines.deliver(records);
      }
      checkpoint(input.checkpointer(), records);
    }

    private void slowly(KinesisClientRecord record) {
      count(GIVEN, 1);
      lines.deliver(List.of(record));
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void checkpoint(RecordProcessorCheckpointer checkpointer, List<KinesisClientRecord> records) {
      var last = records.get(records.size() - 1);
      try {
        checkpointer.checkpoint(last.sequenceNumber(), last.subSequenceNumber());
        lines.tell("checkpoint", ",\"seq\":\"" + last.sequenceNumber() + "\"" + (last.aggregated() ? ",\"sub\":" + last.subSequenceNumber() : ""));
      } catch (Exception e) {
        System.err.println("no checkpoint: " + e);
      }
    }

    @Override
    public void leaseLost(LeaseLostInput input) {
      lines.tell("lost", "");
    }

    @Override
    public void shardEnded(ShardEndedInput input) {
      lines.tell("end", "");
      try {
        input.checkpointer().checkpoint();
        lines.tell("checkpoint", ",\"at\":\"SHARD_END\"");
      } catch (Exception e) {
        System.err.println("no checkpoint: " + e);
      }
    }

    @Override
    public void shutdownRequested(ShutdownRequestedInput input) {}
  }

  private static void count(AtomicInteger what, int records) {
    what.addAndGet(records);
    System.err.printf("{\"counted\":{\"given\":%d,\"left\":%d}}%n", GIVEN.get(), LEFT.get());
  }
}
