import json
from typing import Any, Dict, List


class ProductValidationException(Exception):
    def __init__(self, message: str, field_errors: List[Dict[str, Any]] = None):
        super().__init__(message)
        self.field_errors = field_errors or []


def exception_to_response(error: Exception) -> Dict[str, Any]:
    is_invalid = isinstance(error, ProductValidationException)
    message = str(error) if is_invalid else "Internal server error"
    return {
        "statusCode": 400 if is_invalid else 500,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"error": message}),
    }
