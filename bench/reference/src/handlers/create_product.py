"""POST /v1.0/products"""
import json
from typing import Any, Dict

from pydantic import ValidationError

from src.exceptions.product_exceptions import ProductValidationException, exception_to_response
from src.models.requests import CreateProductRequest
from src.services.product_service import ProductService
from src.logger import get_logger
from src.response_builder import ResponseBuilder

logger = get_logger(__name__)


def handler(event: Dict[str, Any], context: Any) -> Dict[str, Any]:
    request_id = context.aws_request_id
    logger.info(
        "Processing request",
        extra={
            "request_id": request_id,
            "http_method": event.get("httpMethod"),
            "path": event.get("path"),
        },
    )
    try:
        data = json.loads(event.get("body") or "{}")
        try:
            request = CreateProductRequest(**data)
        except ValidationError as e:
            errors = [{"field": err["loc"][0], "message": err["msg"]} for err in e.errors()]
            raise ProductValidationException("Invalid request data", field_errors=errors)
        result = ProductService().create_product(request)
        logger.info("Request completed successfully", extra={"request_id": request_id})
        return ResponseBuilder.created(result)
    except Exception as e:
        logger.error(
            "Request failed", extra={"request_id": request_id, "error": str(e)}, exc_info=True
        )
        return exception_to_response(e)
