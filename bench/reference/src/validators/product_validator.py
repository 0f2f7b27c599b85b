from decimal import Decimal, InvalidOperation
from typing import Any, Dict

from src.exceptions.product_exceptions import ProductValidationException


class ProductValidator:
    @staticmethod
    def validate_product_data(data: Dict[str, Any]) -> None:
        try:
            if Decimal(data["price"]) < 0:
                raise ProductValidationException("Price must not be negative")
        except InvalidOperation:
            raise ProductValidationException("Price has to be a decimal")
