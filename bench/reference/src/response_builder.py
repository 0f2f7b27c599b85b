import json
from typing import Any, Dict

from pydantic import BaseModel


class ResponseBuilder:
    @staticmethod
    def ok(body: Any) -> Dict[str, Any]:
        return ResponseBuilder._build(200, body)

    @staticmethod
    def created(product: BaseModel) -> Dict[str, Any]:
        return ResponseBuilder._build(201, product.model_dump())

    @staticmethod
    def _build(status: int, body: Any) -> Dict[str, Any]:
        return {
            "statusCode": status,
            "headers": {"Content-Type": "application/json", "Access-Control-Allow-Origin": "*"},
            "body": json.dumps(body),
        }
