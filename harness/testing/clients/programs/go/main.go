// What people do with the Go SDK v2: MODE [records] [keys]. Ends with a line of what it counted itself.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/kinesis/types"
)

type counts struct {
	Sent          int `json:"sent"`
	Acknowledged  int `json:"acknowledged"`
	FailedEntries int `json:"failedEntries"`
	ResentCalls   int `json:"resentCalls"`
}

var counted counts

func argument(at int, otherwise int) int {
	if len(os.Args) <= at {
		return otherwise
	}
	value, err := strconv.Atoi(os.Args[at])
	if err != nil {
		log.Fatal(err)
	}
	return value
}

// Records in the order of the application: the keys in turn, each with a counter from 0.
func workload(records int, keys int) []types.PutRecordsRequestEntry {
	made := make([]types.PutRecordsRequestEntry, 0, records)
	for n := 0; n < records; n++ {
		key := fmt.Sprintf("key-%d", n%keys)
		data, _ := json.Marshal(map[string]any{"seq": n / keys, "order": key})
		made = append(made, types.PutRecordsRequestEntry{PartitionKey: aws.String(key), Data: data})
	}
	return made
}

func main() {
	ctx := context.Background()
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		log.Fatal(err)
	}
	client := kinesis.NewFromConfig(cfg)
	stream := aws.String("orders")
	if name := os.Getenv("KINESIS_ORDER_STREAM"); name != "" {
		stream = aws.String(name)
	}
	mode, all := os.Args[1], workload(argument(2, 200), argument(3, 20))
	switch mode {
	case "put":
		for _, record := range all {
			counted.Sent++
			input := kinesis.PutRecordInput{StreamName: stream, PartitionKey: record.PartitionKey, Data: record.Data}
			if _, err := client.PutRecord(ctx, &input); err != nil {
				log.Fatal(err)
			}
			counted.Acknowledged++
		}
	case "puts", "puts-whole":
		for start := 0; start < len(all); start += 40 {
			batch := all[start:min(start+40, len(all))]
			for len(batch) > 0 {
				counted.Sent += len(batch)
				answer, err := client.PutRecords(ctx, &kinesis.PutRecordsInput{StreamName: stream, Records: batch})
				if err != nil {
					log.Fatal(err)
				}
				failed := []types.PutRecordsRequestEntry{}
				for index, result := range answer.Records {
					if result.ErrorCode != nil {
						failed = append(failed, batch[index])
					}
				}
				counted.FailedEntries += len(failed)
				counted.Acknowledged += len(batch) - len(failed)
				if len(failed) > 0 && mode == "puts-whole" {
					counted.ResentCalls++
				} else {
					batch = failed
				}
			}
		}
	default:
		log.Fatalf("there is no mode %s", mode)
	}
	line, _ := json.Marshal(map[string]counts{"counted": counted})
	fmt.Println(string(line))
}
