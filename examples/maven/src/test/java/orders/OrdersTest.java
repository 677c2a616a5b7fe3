package orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** A test as the documentation of the Java SDK v2 and of JUnit would have it. */
class OrdersTest {
  private static final String STREAM = "java-orders";

  @Test
  void ordersAreReadInTheOrderInWhichTheyWerePut() {
    try (KinesisClient client = KinesisClient.create()) {
      client.createStream(request -> request.streamName(STREAM).shardCount(1));
      client.waiter().waitUntilStreamExists(request -> request.streamName(STREAM));
      for (int seq = 0; seq < 5; seq++) {
        SdkBytes data = SdkBytes.fromUtf8String("{\"seq\":" + seq + "}");
        client.putRecord(request -> request.streamName(STREAM).partitionKey("alice").data(data));
      }
      String shard = client.listShards(request -> request.streamName(STREAM)).shards().get(0).shardId();
      String iterator =
          client
              .getShardIterator(
                  request ->
                      request
                          .streamName(STREAM)
                          .shardId(shard)
                          .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
              .shardIterator();
      assertEquals(5, client.getRecords(request -> request.shardIterator(iterator)).records().size());
      client.deleteStream(request -> request.streamName(STREAM));
    }
  }
}
