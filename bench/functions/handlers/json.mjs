/** The least that a handler can do with a body: read it, and write it again. */
export const handler = async (event) => ({
  statusCode: 201,
  body: JSON.stringify(JSON.parse(event.body)),
});
