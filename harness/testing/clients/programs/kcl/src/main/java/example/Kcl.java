package example;

import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.common.*;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.lifecycle.events.*;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.*;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/** A KCL application as its guide has it: endpoint, leases, stream, mode (polling, fanout), handler (good, throws, drops, ahead). */
public final class Kcl {
  static String handler;
  static String worker;
  static int given;

  public static void main(String[] args) throws Exception {
    var kinesisAt = URI.create(args[0]);
    var leasesAt = URI.create(args[1]);
    var stream = args[2];
    handler = args[4];
    worker = System.getenv().getOrDefault("KINESIS_ORDER_INSTANCE", "kcl").replace('/', '-');
    var region = Region.of(System.getenv().getOrDefault("AWS_REGION", "us-east-1"));
    var kinesis = KinesisClientUtil.createKinesisAsyncClient(KinesisAsyncClient.builder().endpointOverride(kinesisAt).region(region));
    var http = NettyNioAsyncHttpClient.builder();
    var dynamo = DynamoDbAsyncClient.builder().endpointOverride(leasesAt).region(region).httpClientBuilder(http).build();
    var cloudwatch = CloudWatchAsyncClient.builder().endpointOverride(kinesisAt).region(region).build();
    var configs = new ConfigsBuilder(stream, "kcl-" + System.getenv().getOrDefault("KINESIS_ORDER_RUN", stream).replaceAll("-kcl-.*", ""), kinesis, dynamo, cloudwatch, worker + "-" + UUID.randomUUID(), Processor::new);
    var position = InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON);
    var retrieval = configs.retrievalConfig();
    if (args[3].equals("polling")) retrieval.retrievalSpecificConfig(new PollingConfig(stream, kinesis).idleTimeBetweenReadsInMillis(250));
    retrieval.streamTracker(new SingleStreamTracker(stream, position));
    var scheduler = new Scheduler(configs.checkpointConfig(), configs.coordinatorConfig(),
        configs.leaseManagementConfig().failoverTimeMillis(3000).shardSyncIntervalMillis(1000),
        configs.lifecycleConfig(), configs.metricsConfig().metricsFactory(new NullMetricsFactory()),
        configs.processorConfig(), retrieval);
    scheduler.run();
  }

  static final class Processor implements ShardRecordProcessor {
    private String shard;

    void tell(String type, String fields) {
      synchronized (Kcl.class) {
        System.out.println("{\"type\":\"" + type + "\",\"worker\":\"" + worker + "\",\"shard\":\"" + shard + "\"" + fields + "}");
        System.out.flush();
      }
    }

    public void initialize(InitializationInput input) {
      shard = input.shardId();
      var at = input.extendedSequenceNumber();
      tell("start", ",\"at\":\"" + at.sequenceNumber() + "\"" + (Character.isDigit(at.sequenceNumber().charAt(0)) ? ",\"sub\":" + at.subSequenceNumber() : ""));
    }

    public void processRecords(ProcessRecordsInput input) {
      var records = input.records();
      if (records.isEmpty()) return;
      int before;
      synchronized (Kcl.class) { before = given; given += records.size(); }
      if (handler.equals("ahead")) {
        checkpoint(input, records);
        sleep(before >= 50 ? 60_000 : 0);
      }
      var isAt = before < 60 && before + records.size() >= 60;
      if (handler.equals("throws") && isAt) throw new IllegalStateException("the handler fails before it works");
      if (handler.equals("drops") && isAt) { checkpoint(input, records); return; }
      tell("deliver", ",\"records\":[" + lines(records) + "]");
      if (!handler.equals("ahead")) checkpoint(input, records);
    }

    void checkpoint(ProcessRecordsInput input, List<KinesisClientRecord> records) {
      try {
        var last = records.get(records.size() - 1);
        input.checkpointer().checkpoint(last.sequenceNumber(), last.subSequenceNumber());
        tell("checkpoint", ",\"seq\":\"" + last.sequenceNumber() + "\"" + (last.aggregated() ? ",\"sub\":" + last.subSequenceNumber() : ""));
      } catch (Exception thrown) { System.err.println("checkpoint: " + thrown); }
    }

    static void sleep(long ms) { try { Thread.sleep(ms); } catch (InterruptedException thrown) { Thread.currentThread().interrupt(); } }

    static String lines(List<KinesisClientRecord> records) {
      var text = new StringBuilder();
      for (var r : records) {
        var data = new byte[r.data().remaining()];
        r.data().duplicate().get(data);
        text.append(text.isEmpty() ? "" : ",").append("{\"seq\":\"").append(r.sequenceNumber()).append('"')
            .append(r.aggregated() ? ",\"sub\":" + r.subSequenceNumber() : "").append(",\"key\":\"").append(r.partitionKey())
            .append("\",\"data\":\"").append(Base64.getEncoder().encodeToString(data)).append("\"}");
      }
      return text.toString();
    }

    public void leaseLost(LeaseLostInput input) { tell("lost", ""); }

    public void shardEnded(ShardEndedInput input) {
      try {
        input.checkpointer().checkpoint();
        tell("checkpoint", ",\"at\":\"SHARD_END\"");
      } catch (Exception thrown) { System.err.println("checkpoint: " + thrown); }
      tell("end", "");
    }

    public void shutdownRequested(ShutdownRequestedInput input) { }
  }
}
