// Asks porcupine whether the puts of one key can be put into one order that fits their answers: a log that only grows, each acknowledged number above the one before.
// Usage: porcupine <history.ndjson> <seconds>. Prints one line of JSON.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"syscall"
	"time"

	"github.com/anishathalye/porcupine"
)

type line struct {
	T       int64  `json:"t"`
	Type    string `json:"type"`
	Op      int    `json:"op"`
	Outcome string `json:"outcome"`
	Results []struct {
		Seq string `json:"seq"`
	} `json:"results"`
}

// above compares decimal numbers without leading zeros.
func above(a, b string) bool {
	if len(a) != len(b) {
		return len(a) > len(b)
	}
	return a > b
}

// One put: its number, or nothing where nobody was told.
var model = porcupine.Model{
	Init: func() interface{} { return "" },
	Step: func(state, _, output interface{}) (bool, interface{}) {
		seq := output.(string)
		if seq == "" {
			return true, state
		}
		return above(seq, state.(string)), seq
	},
	Equal: func(a, b interface{}) bool { return a == b },
}

func main() {
	seconds, err := strconv.Atoi(os.Args[2])
	if err != nil {
		panic(err)
	}
	started := time.Now()
	operations := read(os.Args[1])
	result := porcupine.CheckOperationsTimeout(model, operations, time.Duration(seconds)*time.Second)
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	fmt.Printf("{\"ms\":%d,\"rssMb\":%d,\"answer\":%q,\"operations\":%d}\n", time.Since(started).Milliseconds(), usage.Maxrss/1000, result, len(operations))
}

func read(path string) []porcupine.Operation {
	file, err := os.Open(path)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	scanner := bufio.NewScanner(file)
	scanner.Buffer(make([]byte, 1<<20), 1<<30)
	var operations []porcupine.Operation
	index := map[int]int{}
	const forever = int64(1) << 62
	for scanner.Scan() {
		var l line
		if err := json.Unmarshal(scanner.Bytes(), &l); err != nil {
			panic(err)
		}
		switch l.Type {
		case "put":
			index[l.Op] = len(operations)
			operations = append(operations, porcupine.Operation{ClientId: l.Op, Input: l.Op, Call: l.T, Output: "", Return: forever})
		case "ack":
			if l.Outcome == "ok" {
				at := index[l.Op]
				operations[at].Output = l.Results[0].Seq
				operations[at].Return = l.T
			}
		}
	}
	return operations
}
