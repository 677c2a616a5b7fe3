/** What precedes the operation in the field x-amz-target, in the JSON and CBOR protocols. */
export const targetPrefix = 'Kinesis_20131202.';
