// A test as the documentation of the Go SDK v2 and of the testing package would have it.
package orders

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/kinesis/types"
)

const stream = "go-orders"

func newStream(t *testing.T) *kinesis.Client {
	ctx := context.Background()
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		t.Fatal(err)
	}
	client := kinesis.NewFromConfig(cfg)
	input := kinesis.CreateStreamInput{StreamName: aws.String(stream), ShardCount: aws.Int32(1)}
	if _, err := client.CreateStream(ctx, &input); err != nil {
		t.Fatal(err)
	}
	exists := kinesis.NewStreamExistsWaiter(client, func(o *kinesis.StreamExistsWaiterOptions) { o.MinDelay = time.Second })
	if err := exists.Wait(ctx, &kinesis.DescribeStreamInput{StreamName: aws.String(stream)}, time.Minute); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		client.DeleteStream(ctx, &kinesis.DeleteStreamInput{StreamName: aws.String(stream)})
	})
	return client
}

func TestOrdersAreReadInOrder(t *testing.T) {
	ctx, client := context.Background(), newStream(t)
	for seq := range 5 {
		input := kinesis.PutRecordInput{
			StreamName:   aws.String(stream),
			PartitionKey: aws.String("alice"),
			Data:         []byte(fmt.Sprintf(`{"seq":%d}`, seq)),
		}
		if _, err := client.PutRecord(ctx, &input); err != nil {
			t.Fatal(err)
		}
	}
	shards, err := client.ListShards(ctx, &kinesis.ListShardsInput{StreamName: aws.String(stream)})
	if err != nil {
		t.Fatal(err)
	}
	start, err := client.GetShardIterator(ctx, &kinesis.GetShardIteratorInput{
		StreamName:        aws.String(stream),
		ShardId:           shards.Shards[0].ShardId,
		ShardIteratorType: types.ShardIteratorTypeTrimHorizon,
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := client.GetRecords(ctx, &kinesis.GetRecordsInput{ShardIterator: start.ShardIterator})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Records) != 5 || string(got.Records[4].Data) != `{"seq":4}` {
		t.Fatalf("got %d records", len(got.Records))
	}
}
