/**
 * With the codec on, messages and stacks of failures go through it too; by default Temporal stores them in clear.
 * CommonJS, because the SDK loads it by path with require and bundles it into the workflows.
 */
const { DefaultFailureConverter } = require('@temporalio/common');

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
